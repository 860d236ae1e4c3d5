import { workerData } from 'node:worker_threads'
import { createOpenedCells } from '#compiled/read/opened-cells.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { divideGround } from '../plan/divide-ground.ts'
import { unpackOutlines } from '../plan/packed-outlines.ts'
// Loads the code that draws vector tiles while the thread starts, rather than with its first tile.
import '../products/vector/draw-tile.ts'
import { type ProductName, productNamed } from '../products/product-table.ts'
import type { MakeTask, TileResult, TileTask, TileWorkerData } from './tile-task.ts'

// Runs in a worker thread: drawing takes milliseconds to tens of milliseconds, which would block the main thread.

class Stopped extends Error {}

const land = createLandMap(landOf(workerData))
const opened = createOpenedCells()

export default async function work(task: TileTask): Promise<TileResult> {
  const checkpoint = () => {
    if (Atomics.load(task.stop, 0) !== 0) throw new Stopped()
  }
  try {
    checkpoint()
    if (task.kind === 'plan') {
      return { kind: 'places', places: divideGround(task.ground, unpackOutlines(task.outlines), checkpoint) }
    }
    return { kind: 'bytes', bytes: await make(task, checkpoint) }
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' }
    throw error
  }
}

async function make<N extends ProductName>(task: MakeTask<N>, checkpoint: () => void): Promise<Uint8Array | null> {
  const cells = task.cells.map(({ key, bytes }) => opened.open(key, bytes))
  const { request, facts, besideFiner = [] } = task
  return await productNamed(task.product).make({ request, facts, cells, besideFiner, land, checkpoint })
}

/** Piscina passes the data on inside a list of its own. */
function landOf(data: unknown): TileWorkerData['land'] {
  const given = (Array.isArray(data) ? data[1] : data) as TileWorkerData | undefined
  return given?.land ?? []
}
