import { Piscina } from 'piscina'
import type { TileAddress } from '#geo/tile-grid.ts'
import { loadLand } from '../basemap/load-land.ts'
import type { Outline } from '../view/outline.ts'
import type { CellBuffer, TileResult, TileTask } from './tile-task.ts'

/** Draws tiles in worker threads. */
export interface TileRenderer {
  /** Which of the outlines, in the order of their claim, have ground in or near the tile: their places in the list. */
  plan(tile: TileAddress, outlines: Outline[], signal: AbortSignal): Promise<number[]>
  drawVector(tile: TileAddress, cells: CellBuffer[], signal: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

export interface TileRendererOptions {
  threads: number
  /** Heap of one thread; what is shared does not count. */
  memoryMegabytes?: number
}

const DEFAULT_MEMORY = 256

export async function createTileRenderer(options: TileRendererOptions): Promise<TileRenderer> {
  const land = await loadLand()
  const pool = new Piscina<TileTask, TileResult>({
    filename: new URL('./tile-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.max(1, options.threads),
    idleTimeout: 60_000,
    workerData: { land },
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes ?? DEFAULT_MEMORY },
  })

  /** A flag in shared memory stops a task: ending its thread would throw away what the thread has opened. */
  async function run<K extends TileTask['kind']>(
    task: Omit<Extract<TileTask, { kind: K }>, 'stop'>,
    signal: AbortSignal,
  ): Promise<Exclude<TileResult, { kind: 'stopped' }>> {
    signal.throwIfAborted()
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const raise = () => Atomics.store(stop, 0, 1)
    signal.addEventListener('abort', raise, { once: true })
    try {
      const result = await pool.run({ ...task, stop } as unknown as TileTask)
      if (result.kind === 'stopped') {
        signal.throwIfAborted()
        throw new Error('drawing stopped without having been told to')
      }
      return result
    } finally {
      signal.removeEventListener('abort', raise)
    }
  }

  return {
    async plan(tile, outlines, signal) {
      const result = await run<'plan'>({ kind: 'plan', tile, outlines }, signal)
      return result.kind === 'plan' ? result.places : []
    },
    async drawVector(tile, cells, signal) {
      const result = await run<'vector'>({ kind: 'vector', tile, cells }, signal)
      return result.kind === 'bytes' ? result.bytes : new Uint8Array()
    },
    close: () => pool.destroy(),
  }
}
