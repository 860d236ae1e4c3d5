import { workerData } from 'node:worker_threads'
import type { CompiledCell } from '#charts/compiled/compiled-cell.ts'
import { openCompiledCell } from '#charts/compiled/open-compiled-cell.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { drawTile } from '../draw/draw-tile.ts'
import { LIGHT_REACH } from '../draw/light-figures.ts'
import { createFrame } from '../draw/tile-frame.ts'
import { quilt } from '../quilt.ts'
import { outlineOnGrid } from '../view/outline.ts'
import type { CellBuffer, TileResult, TileTask, TileWorkerData } from './tile-task.ts'

// Runs in a worker thread: drawing takes milliseconds to tens of them, for which nobody else would be answered.

class Stopped extends Error {}

const land = createLandMap(landOf(workerData))
/** Opened cells, as long as somebody else keeps their memory: this thread alone must not hold what the others gave up. */
const opened = new Map<string, WeakRef<CompiledCell>>()
const MOST_OPENED = 2_000

export default async function work(task: TileTask): Promise<TileResult> {
  const checkpoint = () => {
    if (Atomics.load(task.stop, 0) !== 0) throw new Stopped()
  }
  try {
    checkpoint()
    if (task.kind === 'plan') {
      const frame = createFrame(task.tile, LIGHT_REACH)
      const places = task.outlines.map((_, i) => i)
      const { shares } = quilt(places, (place) => outlineOnGrid(task.outlines[place]!, frame), frame.box)
      return { kind: 'plan', places: shares.map(({ cell }) => cell) }
    }
    return { kind: 'bytes', bytes: drawTile(task.tile, task.cells.map(open), land, checkpoint) }
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' }
    throw error
  }
}

function open({ key, buffer }: CellBuffer): CompiledCell {
  const known = opened.get(key)?.deref()
  if (known !== undefined) return known
  const cell = openCompiledCell(buffer, { verify: false })
  opened.delete(key)
  opened.set(key, new WeakRef(cell))
  for (const oldest of opened.keys()) {
    if (opened.size <= MOST_OPENED) break
    opened.delete(oldest)
  }
  return cell
}

/** Piscina hands the data over inside a list of its own. */
function landOf(data: unknown): TileWorkerData['land'] {
  const given = (Array.isArray(data) ? data[1] : data) as TileWorkerData | undefined
  return given?.land ?? []
}
