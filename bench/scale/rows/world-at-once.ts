import { duration, type Figure, failuresOf, quantile } from '../figure.ts'
import { createHttpClient } from '../measure/http-client.ts'
import { pause } from '../measure/process-memory.ts'
import type { ScaleBench } from '../measure/scale-bench.ts'
import { coveredSpots, tileAt, vectorPath } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

const WORLD_TILE = vectorPath({ z: 0, x: 0, y: 0 })

/** Many clients ask a restarted server for 0/0/0 at once, and one of them for an unrelated tile at the same time. */
export const worldAtOnce: Row = {
  name: 'stampede',
  async measure(bench) {
    return [...(await stampede(bench, 20)), ...(await stampede(bench, 100))]
  },
}

async function stampede(bench: ScaleBench, clients: number): Promise<Figure[]> {
  const unrelated = vectorPath(tileAt(coveredSpots(bench.mirror, 300 + clients)(), 11))
  await bench.server()
  await bench.restart({ clearTiles: true })
  // A connection each, open before they ask: what counts is the tile.
  const askers = Array.from({ length: clients }, () => createHttpClient(1))
  try {
    await Promise.all(askers.map((client) => bench.ask('/health/live', {}, client)))
    const asked = askers.map((client) => bench.ask(WORLD_TILE, {}, client))
    await pause(50)
    const other = await bench.ask(unrelated)
    const answers = await Promise.all(asked)
    const good = answers.filter(({ status }) => status === 200).length
    const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds))
    return [
      {
        what: `${clients} clients ask for 0/0/0 after a restart`,
        measured: `${good} of ${clients} answer 200${failuresOf(answers)}, slowest ${duration(slowest)}`,
        aim: clients === 100 ? 'all 200 within 2 s' : '',
      },
      {
        what: `an unrelated zoom 11 tile meanwhile (${clients} clients)`,
        measured: `${other.status}, ${duration(other.milliseconds)}`,
        aim: clients === 100 ? 'under 200 ms' : '',
      },
    ]
  } finally {
    for (const client of askers) client.close()
  }
}

/** Three clients open a map of the world on a restarted server: all 21 tiles of zooms 0 to 2, six connections each. */
export const openWorld: Row = {
  name: 'world',
  async measure(bench) {
    await bench.server()
    await bench.restart({ clearTiles: true })
    const tiles = [0, 1, 2].flatMap((z) =>
      Array.from({ length: 4 ** z }, (_, i) => ({ z, x: i % 2 ** z, y: Math.floor(i / 2 ** z) })),
    )
    const clients = Array.from({ length: 3 }, () => createHttpClient(6))
    try {
      const answers = await Promise.all(clients.flatMap((client) => tiles.map((tile) => bench.ask(vectorPath(tile), {}, client))))
      const times = answers.map(({ milliseconds }) => milliseconds)
      const good = answers.filter(({ status }) => status === 200).length
      return [
        {
          what: 'three clients open the world after a restart',
          measured: `${good} of ${answers.length} answer 200${failuresOf(answers)}, p50 ${duration(quantile(times, 0.5))}, max ${duration(quantile(times, 1))}`,
          aim: '',
        },
      ]
    } finally {
      for (const client of clients) client.close()
    }
  },
}
