import { workerData } from 'node:worker_threads'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { createOpenedCells } from '#compiled/read/opened-cells.ts'
import { clipRingsToBox } from '#geo/overlay/clip.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { drawDataTile } from '../products/data/draw-data-tile.ts'
import { queryFeatures } from '../products/query/query-features.ts'
import { drawShoreline } from '../products/shoreline/draw-shoreline.ts'
import { drawTile } from '../products/vector/draw-tile.ts'
import { quilt } from '../quilt/quilt.ts'
import { type Outline, outlineOnGrid } from '../view/outline.ts'
import type { CellBuffer, PlanGround, PlannedPlace, Product, TileResult, TileTask, TileWorkerData } from './tile-task.ts'

// Runs in a worker thread: drawing takes milliseconds to tens of them, for which nobody else would be answered.

class Stopped extends Error {}

const utf8 = new TextEncoder()

const land = createLandMap(landOf(workerData))
const opened = createOpenedCells()

export default async function work(task: TileTask): Promise<TileResult> {
  const checkpoint = () => {
    if (Atomics.load(task.stop, 0) !== 0) throw new Stopped()
  }
  try {
    checkpoint()
    if (task.kind === 'plan') return { kind: 'places', places: planPlaces(task.ground, task.outlines) }
    return { kind: 'bytes', bytes: make(task.product, task.cells.map(open), checkpoint) }
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' }
    throw error
  }
}

function planPlaces({ frame, far }: PlanGround, outlines: readonly Outline[]): PlannedPlace[] {
  const wide = { ...frame, box: far }
  const places = outlines.map((_, i) => i)
  const { shares } = quilt(places, (place) => outlineOnGrid(outlines[place]!, wide), far)
  return shares.map(({ cell: place, area }) => ({
    place,
    isNear: area === null || clipRingsToBox(area, frame.box).length > 0,
  }))
}

function make(product: Product, cells: CompiledCell[], checkpoint: () => void): Uint8Array | null {
  switch (product.kind) {
    case 'vector':
      return drawTile(product.tile, cells, land, checkpoint)
    case 'data': {
      const text = drawDataTile(product.tile, cells, checkpoint)
      return text === null ? null : utf8.encode(text)
    }
    case 'shoreline':
      return utf8.encode(drawShoreline(product.tile, cells, land, checkpoint))
    case 'query':
      return utf8.encode(JSON.stringify({ results: queryFeatures(product.query, cells, checkpoint) }))
  }
}

function open({ key, buffer }: CellBuffer): CompiledCell {
  return opened.open(key, buffer)
}

/** Piscina hands the data over inside a list of its own. */
function landOf(data: unknown): TileWorkerData['land'] {
  const given = (Array.isArray(data) ? data[1] : data) as TileWorkerData | undefined
  return given?.land ?? []
}
