import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { silentLog } from '#lib/log.ts'
import { benchEvents } from './jobs/events.ts'
import { benchFlood } from './jobs/flood.ts'
import { benchList } from './jobs/list.ts'
import { benchThroughput } from './jobs/throughput.ts'

/**
 * Compares the job engine with its foundations in one run: List Jobs over HTTP with its bare statements and with a small table, and a
 * queue of empty jobs with pg-boss in the same settings. Also measures two hundred clients that follow a hundred jobs, and a job that
 * logs a million lines. Options: `--jobs N` rows for the list (1,000,000), `--rounds N` (300), `--only list|throughput|events|flood`.
 */
export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      jobs: { type: 'string', default: '1000000' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '300' },
    },
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-'))
  await chmod(folder, 0o755)
  const settings = { shared_buffers: '256MB', max_connections: '100' }
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: silentLog() })
  try {
    if (values.only === undefined || values.only === 'list')
      await benchList(postgres.url, Number(values.jobs), Number(values.rounds))
    if (values.only === undefined || values.only === 'throughput') await benchThroughput(postgres.url)
    if (values.only === undefined || values.only === 'events') await benchEvents(postgres.url)
    if (values.only === undefined || values.only === 'flood') await benchFlood(postgres.url)
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
