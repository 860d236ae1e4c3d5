import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium } from '#test/browser/chromium.ts'
import { buildPortal } from '#test/portal-build.ts'
import { signIn } from '#test/portal-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { startServerProcess } from '#test/server-process.ts'
import { measureDisplayChanges } from './portal/measure-display-changes.ts'

/**
 * Measures what a change of display costs the map of the portal in Chromium, over the invented coast. Options: `--rounds N` changes of each
 * kind (20), `--slower N` times slower processor (1).
 */
export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: { rounds: { type: 'string', default: '20' }, slower: { type: 'string', default: '1' } },
  })
  buildPortal()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-'))
  try {
    await writeDemoMirror(path.join(folder, 'mirror'))
    const catalogue = `file://${path.join(folder, 'mirror', 'ENCProdCat.xml')}`
    const server = await startServerProcess({
      DATA_DIR: path.join(folder, 'data'),
      PUBLIC_CHARTS_URL: catalogue,
      LOG_LEVEL: 'error',
    })
    try {
      await refreshCharts(server)
      const browser = await openChromium()
      try {
        const target = { browser, url: server.url, session: await signIn(server.url) }
        await measureDisplayChanges(target, Number(values.rounds), Number(values.slower))
      } finally {
        await browser.close()
      }
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
