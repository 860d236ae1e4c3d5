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
import { newDatabase } from './jobs/new-database.ts'
import { fillCells } from './portal/fill-cells.ts'
import { measureChartsPage } from './portal/measure-charts-page.ts'

/**
 * Measures the page of all charts in Chromium with as many charts as NOAA has: until its table and its outlines are there, and the frames
 * while it is scrolled, pointed at and searched. Options: `--cells N` (6,945), `--seed N` (1), `--rounds N` (5), `--slower N` times slower
 * processor (1).
 */
export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      cells: { type: 'string', default: '6945' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '5' },
      slower: { type: 'string', default: '1' },
    },
  })
  buildPortal()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings: {}, runAs: null, log: silentLog() })
  try {
    const database = await newDatabase(postgres.url, 'bench_charts')
    await fillCells(database.db, Number(values.cells), Number(values.seed))
    const environment = { DATA_DIR: path.join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'error' }
    const server = await startServerProcess(environment, ['serve', '--role', 'api'])
    const browser = await openChromium()
    try {
      console.log(`${values.cells} charts, ${values.slower} x slower processor, ${values.rounds} rounds:`)
      const target = { browser, url: server.url, session: await signIn(server.url) }
      await measureChartsPage(target, Number(values.rounds), Number(values.slower))
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
