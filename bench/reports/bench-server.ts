import { prepareTemplate } from '#test/database.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import { addUser, type Fixture, startFixture } from '../../test/http/server-fixture.ts'

export interface BenchServer {
  fixture: Fixture
  user: Awaited<ReturnType<typeof addUser>>
  close(): Promise<void>
}

/** The HTTP server on a PostgreSQL started for it. */
export async function startBenchServer(): Promise<BenchServer> {
  const postgres = await startTestServer()
  process.env['TEST_DATABASE_URL'] = postgres.url
  await prepareTemplate()
  const fixture = await startFixture()
  return {
    fixture,
    user: await addUser(fixture, 'bench'),
    async close() {
      await fixture[Symbol.asyncDispose]()
      await postgres.stop()
    },
  }
}
