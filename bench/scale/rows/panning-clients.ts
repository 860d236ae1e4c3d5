import { createRandom } from '#demo/noise.ts'
import { duration, failuresOf, megabytes, quantile } from '../figure.ts'
import { embeddedDatabase } from '../measure/embedded-database.ts'
import { createHttpClient } from '../measure/http-client.ts'
import { watchMemory } from '../measure/process-memory.ts'
import type { ScaleBench } from '../measure/scale-bench.ts'
import { coveredSpots, type Spot, tileAt, vectorPath } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

const CLIENTS = 8
/** The machine of a vessel: 2 GB. */
const SMALL_MACHINE = 2 * 2 ** 30
const SECONDS = 90
/** Tiles of a map on a screen. */
const VIEW = { columns: 4, rows: 3 }
/** Steps that a client takes in one direction before it opens another place. */
const STEPS = 12

/** Eight clients open maps at places on covered ground and pan them, nothing cached: the most memory of a server sized for 2 GB. */
export const panningClients: Row = {
  name: 'panning',
  async measure(bench) {
    await bench.server()
    const { server } = await bench.restart({ clearTiles: true, memoryBytes: SMALL_MACHINE })
    const database = await embeddedDatabase(bench.dataDir)
    const memory = watchMemory(server.child.pid ?? 0, database.pid)
    const end = performance.now() + (bench.small ? SECONDS / 9 : SECONDS) * 1_000
    const panning = Promise.all(Array.from({ length: CLIENTS }, (_, i) => pan(bench, 800 + i, end)))
    const answers = (await panning.finally(memory.stop)).flat()
    const most = await memory.stop()
    const times = answers.map(({ milliseconds }) => milliseconds)
    return [
      { what: `${CLIENTS} clients panning, node (resident)`, measured: megabytes(most.node), aim: 'under 450 MB' },
      { what: `${CLIENTS} clients panning, PostgreSQL (proportional)`, measured: megabytes(most.postgres), aim: '' },
      {
        what: `${CLIENTS} clients panning, ${times.length} tiles`,
        measured: `p50 ${duration(quantile(times, 0.5))}, p99 ${duration(quantile(times, 0.99))}${failuresOf(answers)}`,
        aim: '',
      },
    ]
  },
}

async function pan(bench: ScaleBench, seed: number, end: number): Promise<{ status: number; milliseconds: number }[]> {
  const random = createRandom(seed)
  const spot = coveredSpots(bench.mirror, seed)
  const client = createHttpClient(6)
  const seen: { status: number; milliseconds: number }[] = []
  try {
    while (performance.now() < end) {
      const z = 3 + Math.floor(random() * 13)
      const [dx, dy] = [Math.round(random() * 2 - 1), Math.round(random() * 2 - 1)]
      const place = spot()
      for (let step = 0; step < STEPS && performance.now() < end; step++) {
        const answers = await Promise.all(viewOf(place, z, dx * step, dy * step).map((address) => bench.ask(address, {}, client)))
        for (const { status, milliseconds } of answers) seen.push({ status, milliseconds })
      }
    }
    return seen
  } finally {
    client.close()
  }
}

function viewOf(place: Spot, z: number, right: number, down: number): string[] {
  const middle = tileAt(place, z)
  const across = 2 ** z
  const paths = new Set<string>()
  for (let i = 0; i < VIEW.columns * VIEW.rows; i++) {
    const x = middle.x + right + (i % VIEW.columns)
    const y = middle.y + down + Math.floor(i / VIEW.columns)
    if (y >= 0 && y < across) paths.add(vectorPath({ z, x: ((x % across) + across) % across, y }))
  }
  return [...paths]
}
