import type { ServerProcess } from '#test/server-process.ts'
import { megabytesOf, startBenchServer } from './bench-server.ts'
import { CONNECTIONS, compareWithBareRoute } from './compare-with-bare-route.ts'
import { quantile, type Walk } from './walk.ts'

/** Different cached tiles requested. */
const CACHED_TILES = 200

/**
 * Measures the real server in a separate process: the time of uncached answers, its memory while it draws the walk tile by tile and then
 * for eight clients, and the rate of cached tiles, alternating with a bare Fastify route that sends the same bytes and headers.
 *
 * @param machineMegabytes memory of the machine that the server detects.
 */
export async function benchServing({ steps }: Walk, machineMegabytes?: number): Promise<void> {
  const bench = await startBenchServer(machineMegabytes === undefined ? {} : { NODE_OPTIONS: machineOf(machineMegabytes) })
  const { token } = bench
  try {
    const paths = [...new Set(steps.map(({ tile: { z, x, y } }) => `/api/v2/tiles/enc-v2/${z}/${x}/${y}.mvt`))]
    await walkUncached(bench.server, paths, token)
    await compareWithBareRoute(bench.server, paths.slice(0, CACHED_TILES), token)
    await bench.restart({ cold: true })
    await drawForMany(bench.server, paths, token)
  } finally {
    await bench.close()
  }
}

const fetchTile = (server: ServerProcess, address: string, token: string) =>
  fetch(server.url + address, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } })

async function walkUncached(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
  const milliseconds: number[] = []
  let most = 0
  for (const address of paths) {
    const begun = performance.now()
    const response = await fetchTile(server, address, token)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${address}: ${response.status}`)
    milliseconds.push(performance.now() - begun)
    most = Math.max(most, megabytesOf(server))
  }
  console.log(`served, ${paths.length} different tiles of the walk, sequentially, uncached`)
  console.log(
    `  answer                 p50 ${quantile(milliseconds, 0.5).toFixed(1)} ms  p99 ${quantile(milliseconds, 0.99).toFixed(1)} ms`,
  )
  console.log(
    `  resident memory        at most ${most.toFixed(0)} MB, ${megabytesOf(server).toFixed(0)} MB at the end (without PostgreSQL)`,
  )
}

/** Requests all tiles of the walk, uncached, from eight concurrent clients and prints the peak memory of the process. */
async function drawForMany(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
  let next = 0
  let most = 0
  const begun = performance.now()
  const client = async () => {
    while (next < paths.length) {
      const response = await fetchTile(server, paths[next++]!, token)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
      most = Math.max(most, megabytesOf(server))
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client))
  const seconds = (performance.now() - begun) / 1_000
  console.log(`served, ${paths.length} different tiles for ${CONNECTIONS} clients, uncached: ${seconds.toFixed(1)} s`)
  console.log(`  resident memory        at most ${most.toFixed(0)} MB (without PostgreSQL)`)
}

/** Makes Node report this memory limit, from which the server divides its memory (`machineMemoryBytes`). */
function machineOf(megabytes: number): string {
  return `--import=data:text/javascript,process.constrainedMemory=()=>${megabytes * 2 ** 20}`
}
