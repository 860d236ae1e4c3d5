import { startBenchServer } from './reports/bench-server.ts'
import { timeBathymetry } from './reports/time-bathymetry.ts'
import { timeTiles } from './reports/time-tiles.ts'

/**
 * Tiles of 100,000 active reports, and uploads of 50,000 soundings, against the server over HTTP. The reference of a tile is a request
 * that only looks up the token (whoami), alternating with it.
 */
export async function run(): Promise<void> {
  const server = await startBenchServer()
  try {
    await timeTiles(server)
    await timeBathymetry(server)
  } finally {
    await server.close()
  }
}
