import { METATILE_TILES } from '#tiles/products/png/blocks.ts'
import { type BenchServer, megabytesOf, startBenchServer } from '../tiles/bench-server.ts'
import { CONNECTIONS, compareWithBareRoute } from '../tiles/compare-with-bare-route.ts'
import { quantile, type Walk } from '../tiles/walk.ts'

const TILES = METATILE_TILES ** 2
/** The zoom at which the aims are stated. */
const ZOOM = 12
/** Different cached tiles requested. */
const CACHED_TILES = 200
/** Metatiles that a client asks for before the clock starts: threads start, and the engine compiles the hot code. */
const WARM_UP = 4

/**
 * Measures the real server in a separate process. `isPanned`: metatiles of the walk for eight clients, each of which asks for the tiles of a
 * metatile one after the other, with one and with two drawing threads. `isCached`: the rate of cached tiles, and of the vector tiles of the
 * same addresses, beside a bare Fastify route.
 */
export async function benchServing(
  { steps }: Walk,
  { most, isPanned, isCached, machine }: { most: number; isPanned: boolean; isCached: boolean; machine: string | undefined },
): Promise<void> {
  const places = new Map(steps.filter(({ tile }) => tile.z === ZOOM - 2).map(({ tile: { x, y } }) => [`${x} ${y}`, { x, y }]))
  const metatiles = [...places.values()].slice(0, most + WARM_UP).map(({ x, y }) => addressesOf(x, y))
  const bench = await startBenchServer(machine === undefined ? {} : { MEMORY_LIMIT_BYTES: String(Number(machine) * 2 ** 20) })
  try {
    for (const threads of isPanned ? ['1', '2'] : []) {
      await bench.restart({ cold: true, environment: { DEPLOYMENT_SCALE_NUM_API_INSTANCES: threads } })
      await panAll(bench, metatiles, threads)
    }
    if (!isCached) return
    const cached = metatiles.flat().slice(0, CACHED_TILES)
    await compareWithBareRoute(bench.server, cached, bench.token)
    console.log('the vector tiles of the same addresses:')
    const vector = cached.map((address) => address.replace('enc-raster-v2', 'enc-v2').replace('.png', '.mvt'))
    await compareWithBareRoute(bench.server, vector, bench.token)
  } finally {
    await bench.close()
  }
}

function addressesOf(x: number, y: number): string[] {
  return Array.from({ length: TILES }, (_, place) => {
    const [column, row] = [place % METATILE_TILES, Math.floor(place / METATILE_TILES)]
    return `/api/v2/tiles/enc-raster-v2/${ZOOM}/${x * METATILE_TILES + column}/${y * METATILE_TILES + row}.png`
  })
}

async function panAll({ server, token }: BenchServer, metatiles: readonly string[][], threads: string): Promise<void> {
  const milliseconds: number[] = []
  const firsts: number[] = []
  let megabytes = 0
  const pan = async (queue: ArrayIterator<string[]>) => {
    for (const addresses of queue) {
      for (const [place, address] of addresses.entries()) {
        const begun = performance.now()
        const response = await fetch(server.url + address, { headers: { authorization: `Bearer ${token}` } })
        await response.arrayBuffer()
        if (!response.ok) throw new Error(`${address}: ${response.status}`)
        milliseconds.push(performance.now() - begun)
        if (place === 0) firsts.push(performance.now() - begun)
      }
      megabytes = Math.max(megabytes, megabytesOf(server))
    }
  }
  await pan(metatiles.slice(0, WARM_UP).values())
  milliseconds.length = 0
  firsts.length = 0
  const begun = performance.now()
  const queue = metatiles.slice(WARM_UP).values()
  await Promise.all(Array.from({ length: CONNECTIONS }, () => pan(queue)))
  const rate = milliseconds.length / ((performance.now() - begun) / 1_000)
  const [tile, first] = [milliseconds, firsts].map((times) => [0.5, 0.99].map((share) => quantile(times, share).toFixed(1)))
  console.log(
    `served, ${milliseconds.length} tiles of zoom ${ZOOM} for ${CONNECTIONS} clients, uncached, ${threads} drawing threads: ${rate.toFixed(0)} tiles/s`,
  )
  console.log(
    `  answer p50 ${tile![0]} ms  p99 ${tile![1]} ms; the first of a metatile p50 ${first![0]} ms  p99 ${first![1]} ms; at most ${megabytes.toFixed(0)} MB resident`,
  )
}
