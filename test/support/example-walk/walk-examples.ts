import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { startServerProcess } from '../server-process.ts'
import { walkAccounts } from './accounts.ts'
import { IDENTITY, walkCharts, walkDeletion } from './charts.ts'
import { walkCore } from './core.ts'
import { walkJobs } from './jobs.ts'
import { walkPortal } from './portal.ts'
import { toExamples } from './to-examples.ts'
import { type Exchange, startWalk } from './walk.ts'

/**
 * Calls the operations of the API on a real, new server with the invented coast.
 *
 * @returns the exchanges by operationId, as examples.
 */
export async function walkExamples(): Promise<Map<string, Exchange>> {
  const began = Date.now()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-examples-'))
  const mirror = path.join(folder, 'mirror')
  await writeDemoMirror(mirror)
  const server = await startServerProcess({
    ...IDENTITY,
    DATA_DIR: path.join(folder, 'data'),
    INSTANCE_NAME: 'harbour-1',
    LOG_LEVEL: 'warn',
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href,
    PUBLIC_INLAND_CHARTS_URL: '',
  })
  try {
    const walk = await startWalk(server.url)
    await walkAccounts(walk)
    await walkCharts(walk)
    await walkJobs(walk)
    await walkCore(walk)
    await walkPortal(walk)
    await walkDeletion(walk)
    return toExamples(walk.exchanges, { url: server.url, folder, began })
  } finally {
    await server.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}
