import { duration, megabytes } from '../figure.ts'
import { embeddedDatabase } from '../measure/embedded-database.ts'
import { proportionalBytes, residentBytes } from '../measure/process-memory.ts'
import { coveredSpots, tileAt, vectorPath } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

/** From the start of the process to a server that is ready, and the first tiles it draws. */
export const restartToReady: Row = {
  name: 'restart',
  async measure(bench) {
    await bench.server()
    const spot = coveredSpots(bench.mirror, 101)()
    const { server, milliseconds } = await bench.restart({ clearTiles: true })
    const first = await bench.ask(vectorPath(tileAt(spot, 11)))
    const database = await embeddedDatabase(bench.dataDir)
    const node = await residentBytes(server.child.pid ?? 0)
    const postgres = await proportionalBytes(database.pid)
    return [
      { what: 'restart to ready', measured: duration(milliseconds), aim: 'under 3 s' },
      { what: 'first tile after a restart (zoom 11)', measured: `${first.status}, ${duration(first.milliseconds)}`, aim: '' },
      { what: 'memory after a restart, node and PostgreSQL', measured: `${megabytes(node)}, ${megabytes(postgres)}`, aim: '' },
    ]
  },
}
