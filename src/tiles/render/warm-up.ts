import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import type { Log } from '#lib/log.ts'
import { candidatesOf, outlinesOf } from '../plan/plan-cells.ts'
import { vectorGround } from '../products/vector.ts'
import { firstZoom } from '../quilt/cell-order.ts'
import type { ChartCell, ChartSnapshot } from '../view/chart-snapshot.ts'
import { loadCellBuffers } from './load-cell-buffers.ts'
import { MINIMUM_THREADS, type TileRenderer } from './tile-renderer.ts'

export interface WarmUpOptions {
  snapshot: ChartSnapshot
  compiled: CompiledCellCache
  renderer: Pick<TileRenderer, 'divide' | 'make'>
  /** Drawings at once. */
  threads: number
  log: Log
  signal: AbortSignal
}

/** The first takes a thread about ten times as long as later ones, the fourth about twice as long. */
const TILES = 4

/**
 * Plans and draws a few tiles in each of the threads that are started, and discards them, so that after a restart no client waits for V8 to
 * compile the drawing code. A fault ends it; a request that meets the same fault reports it.
 */
export async function warmUp(options: WarmUpOptions): Promise<void> {
  const tiles = tilesOf(options.snapshot)
  const inOneThread = async () => {
    for (const tile of tiles) await draw(tile, options)
  }
  // All at the same time, so that each thread gets one.
  await Promise.allSettled(Array.from({ length: Math.min(options.threads, MINIMUM_THREADS) }, inOneThread))
}

/** Tiles in the middle of cells of different scales, and the world where there is no cell. */
function tilesOf({ cells }: ChartSnapshot): TileAddress[] {
  if (cells.length === 0) return [{ z: 0, x: 0, y: 0 }]
  const chosen = Array.from({ length: TILES }, (_, i) => cells[Math.floor(((i + 0.5) * cells.length) / TILES)]!)
  return chosen.map((cell) => tileAt(middleLongitude(cell), cell.latitude, Math.max(0, firstZoom(cell) - 1)))
}

function middleLongitude({ box: [west, , east] }: ChartCell): number {
  const width = east - west
  return west + (width < 0 ? width + 360 : width) / 2
}

async function draw(tile: TileAddress, { snapshot, compiled, renderer, log, signal }: WarmUpOptions): Promise<void> {
  const ground = vectorGround(tile)
  const candidates = candidatesOf(snapshot, ground, null)
  const places = await renderer.divide(ground, outlinesOf(candidates), signal)
  const drawn = places.map(({ place }) => candidates[place]!)
  await renderer.make(async () => {
    const { cells, release } = await loadCellBuffers(drawn, { compiled, log, onBrokenCell() {} }, signal)
    return { order: { product: 'vector', request: tile, facts: null, cells }, release }
  }, signal)
}
