import { createHttpClient } from './http-client.ts'
import { pause } from './process-memory.ts'
import type { ScaleBench } from './scale-bench.ts'
import { coveredSpots, tilesOfZoom, vectorPath } from './seeded-tiles.ts'

/** Paths of tiles of all zooms, each requested once so that it is in the cache. Tiles that the server cannot draw are left out. */
export async function cachedPaths(bench: ScaleBench, perZoom: number, seed: number): Promise<string[]> {
  const spot = coveredSpots(bench.mirror, seed)
  const paths = Array.from({ length: 17 }, (_, z) => tilesOfZoom(z, perZoom, spot))
    .flat()
    .map(vectorPath)
  const cached: string[] = []
  for (const address of paths) if ((await bench.ask(address)).status === 200) cached.push(address)
  return cached
}

export interface Polled {
  /** Milliseconds of all answers 200. */
  times: number[]
  /** Answers that were not 200. */
  failures: number
}

/** Clients that ask for tiles round and round, twenty times a second each, until they are stopped. */
export function pollTiles(bench: ScaleBench, paths: readonly string[], clients: number): { stop(): Promise<Polled> } {
  const polled: Polled = { times: [], failures: 0 }
  const over = new AbortController()
  const one = async (offset: number) => {
    const client = createHttpClient(1)
    try {
      for (let next = offset; !over.signal.aborted; next++) {
        const { status, milliseconds } = await bench.ask(paths[next % paths.length] ?? '', {}, client)
        if (status === 200) polled.times.push(milliseconds)
        else polled.failures++
        await pause(50, over.signal)
      }
    } finally {
      client.close()
    }
  }
  const running = Promise.all(Array.from({ length: clients }, (_, i) => one(i * 29)))
  return {
    async stop() {
      over.abort()
      await running
      return polled
    },
  }
}
