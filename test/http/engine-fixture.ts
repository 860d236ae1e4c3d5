import type { JobsOptions } from '#jobs/jobs.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { startTestJobs, type TestJobs } from '#test/jobs.ts'
import { addUser, type Fixture, type FixtureOptions, startFixture } from './server-fixture.ts'

export interface EngineFixture {
  server: Fixture
  engine: TestJobs
  /** Of the engine; the server keeps its users in another one. */
  database: TestDatabase
  /** Bearer strings. */
  admin: string
  user: Awaited<ReturnType<typeof addUser>>
  foreign: Awaited<ReturnType<typeof addUser>>
  [Symbol.asyncDispose](): Promise<void>
}

/** A listening server on the real engine, with an administrator and users of two accounts. */
export async function startEngineFixture(
  types: JobType[],
  options: { server?: FixtureOptions; engine?: Partial<JobsOptions> } = {},
): Promise<EngineFixture> {
  const database = await createTestDatabase()
  const engine = await startTestJobs(database, types, options.engine)
  const server = await startFixture({ ...options.server, jobs: engine })
  return {
    server,
    engine,
    database,
    admin: await server.adminSession(),
    user: await addUser(server, 'user'),
    foreign: await addUser(server, 'foreign'),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await engine.close(5_000)
      await database.close()
    },
  }
}
