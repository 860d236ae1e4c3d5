import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { randomBy } from '#test/audit-cells.ts'
import { rasterRequests as addresses } from '#test/raster-requests.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { COLLECTABLE, collectGarbage } from './collect-garbage.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type FaultServer } from './fault-server.ts'

/** Times that resident memory is taken. In the first half caches and code fill; the later ones must keep the level at its end. */
const LEVELS = 10
const GROWTH = 1.1
/** Of the machine: PostgreSQL and the system need the rest. */
const MOST_RESIDENT = 0.75
const CLIENTS = 4
/** The caches of a small machine are soon full; those of a large one would grow through the whole run. */
const MACHINE_BYTES = 2 ** 30
/** More would take hours: many need a new style and a metatile of their own. */
const MOST = 10_000

export const rasterRequests: FaultCase = {
  name: 'raster-requests',
  title: 'raster tiles with parameters by chance are PNG, or 400 or 404 with a reason, and memory stays level',
  async run(context) {
    const mirror = path.join(context.folder, 'mirror')
    await writeDemoMirror(mirror)
    const charts = { PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href }
    const sized = { MEMORY_LIMIT_BYTES: String(MACHINE_BYTES) }
    return await attackServer(context, { LOG_LEVEL: 'warn', ...COLLECTABLE, ...charts, ...sized }, async (server, broken) => {
      await refreshCharts(server)
      const next = addresses(randomBy(context.seed))
      const levels: number[] = []
      const statuses = new Map<number, number>()
      for (let stretch = 0; stretch < LEVELS && server.isRunning(); stretch++) {
        const queue = Array.from({ length: Math.ceil(Math.min(context.requests, MOST) / LEVELS) }, next).values()
        const client = async () => {
          for (const address of queue) {
            const { status, fault } = await ask(server, address)
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            if (fault !== null) broken.push(`${address}: ${fault}`)
          }
        }
        await Promise.all(Array.from({ length: CLIENTS }, client))
        await collectGarbage(server)
        levels.push(await server.residentMegabytes())
      }
      const half = levels[LEVELS / 2 - 1] ?? 0
      const end = levels.at(-1) ?? 0
      if (end > half * GROWTH) broken.push(`resident memory grew from ${half} to ${end} MB in the second half`)
      const most = (MOST_RESIDENT * MACHINE_BYTES) / 2 ** 20
      if (Math.max(...levels) > most) broken.push(`more than ${most} MB resident`)
      const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} of ${status}`)
      return `${answers.join(', ')}; resident after each tenth: ${levels.join(', ')} MB`
    })
  },
}

const PNG = '\u0089PNG\r\n\u001a\n'

async function ask(server: FaultServer, address: string): Promise<{ status: number; fault: string | null }> {
  const response = await fetch(server.url + address, { headers: { authorization: `Bearer ${server.token}` } })
  const { status } = response
  const bytes = Buffer.from(await response.arrayBuffer())
  if (status === 200) return { status, fault: bytes.toString('latin1', 0, 8) === PNG ? null : 'not a PNG' }
  if (status !== 400 && status !== 404) return { status, fault: `${status} ${bytes.toString('utf8', 0, 200)}` }
  const { detail = '' } = JSON.parse(bytes.toString()) as { detail?: string }
  return { status, fault: detail.length > 10 ? null : `${status} without a reason` }
}
