import { Worker } from 'node:worker_threads'
import type { LandRings } from './load-land.ts'

/** Megabytes for young objects: with more, those of many polygons wait to be collected. */
const YOUNG = 12

/**
 * As `loadLand`, in a worker thread that ends afterwards: parsing takes some hundred megabytes, which the server's heap would keep,
 * and blocks for half a second.
 *
 * @throws Error when the thread fails.
 */
export async function loadLandInWorker(): Promise<LandRings[]> {
  const worker = new Worker(new URL(import.meta.resolve('#tiles/basemap/land-worker.ts')), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  })
  try {
    return await new Promise<LandRings[]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the thread that reads the land ended with ${code}`)))
    })
  } finally {
    await worker.terminate()
  }
}
