import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { silentLog } from '#lib/log.ts'
import { openChromium } from '#test/browser/chromium.ts'
import { buildPortal } from '#test/portal-build.ts'
import { signIn } from '#test/portal-server.ts'
import { startServerProcess } from '#test/server-process.ts'
import { fill } from './jobs/fill.ts'
import { newDatabase } from './jobs/new-database.ts'
import { startBusyJobs } from './portal/busy-jobs.ts'
import { measureEvents } from './portal/measure-events.ts'
import { measureFirstLoad } from './portal/measure-first-load.ts'
import { measureSoak } from './portal/measure-soak.ts'

/**
 * Measures the portal in Chromium against a server with many jobs: the first load with a slow processor and network, the time from a job's
 * event to the screen, and what remains in memory after many events. Options: `--jobs N` (10,000), `--rounds N` loads and events (5 and 30),
 * `--seconds N` of 50 events a second (600), `--only load|events|soak`.
 */
export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      jobs: { type: 'string', default: '10000' },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string', default: '600' },
    },
  })
  const wants = (part: string) => values.only === undefined || values.only === part
  buildPortal()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-'))
  await chmod(folder, 0o755)
  const settings = { shared_buffers: '256MB', max_connections: '100' }
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: silentLog() })
  try {
    const database = await newDatabase(postgres.url, 'bench_portal')
    await fill(database.url, Number(values.jobs))
    const environment = { DATA_DIR: path.join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'error' }
    // The jobs of the benchmark run in this process, so the server only serves.
    const server = await startServerProcess(environment, ['serve', '--role', 'api'])
    const browser = await openChromium()
    try {
      const target = { browser, url: server.url, session: await signIn(server.url) }
      console.log(`${values.jobs} jobs`)
      if (wants('load')) await measureFirstLoad(target, Number(values.rounds ?? 5))
      if (wants('events')) await measureEvents(target, await startBusyJobs(database, 1), Number(values.rounds ?? 30))
      if (wants('soak')) await measureSoak(target, await startBusyJobs(database, 50), Number(values.seconds))
    } finally {
      await browser.close()
      await server.end('SIGTERM')
      await database.close()
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
