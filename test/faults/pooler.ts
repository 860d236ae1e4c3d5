import { NO_PGBOUNCER, startPgBouncer } from '#test/pgbouncer.ts'
import { startServerProcess } from '#test/server-process.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import type { FaultCase } from './fault-case.ts'
import { endServer } from './fault-server.ts'

export const pooler: FaultCase = {
  name: 'pooler',
  title: 'behind PgBouncer in transaction mode the start is refused, or the log says what works differently',
  async run({ folder }) {
    if (NO_PGBOUNCER !== false) return { skipped: NO_PGBOUNCER }
    const postgres = await startTestServer()
    try {
      await using bouncer = await startPgBouncer(postgres.url, 'transaction')
      const environment = { DATA_DIR: `${folder}/data`, DATABASE_URL: bouncer.url }
      const started = await startServerProcess(environment).catch((error: Error) => error)
      const output = started instanceof Error ? started.message : started.output()
      if (!(started instanceof Error)) await endServer(started)
      const told = /pool|transaction mode/i.test(output)
      const seen = started instanceof Error ? `refused: ${output.trim().slice(-300)}` : 'started'
      return { broken: told ? [] : ['the log does not mention the pooler'], seen }
    } finally {
      await postgres.stop()
    }
  },
}
