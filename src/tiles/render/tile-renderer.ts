import { Piscina } from 'piscina'
import type { ThreadLoad } from '#lib/metrics.ts'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import { loadLandInWorker } from '../basemap/load-land-in-worker.ts'
import type { Outline } from '../view/outline.ts'
import type { CellBuffer, PlanGround, PlannedPlace, Product, TileResult, TileTask } from './tile-task.ts'

/** Draws in worker threads, which are started when there is something to draw. */
export interface TileRenderer {
  /** Which of the outlines, in the order of their claim, have ground in a box. */
  plan(ground: PlanGround, outlines: Outline[], signal: AbortSignal): Promise<PlannedPlace[]>
  /** @returns a vector tile, or a text as UTF-8; null where there is nothing. */
  make(product: Product, cells: CellBuffer[], signal: AbortSignal): Promise<Uint8Array | null>
  load(): ThreadLoad
  close(): Promise<void>
}

export interface TileRendererOptions {
  threads: number
  /** Heap of one thread; what is shared does not count. */
  memoryMegabytes?: number | undefined
  /** Longest time for one task; a thread that takes longer is ended. */
  timeoutMilliseconds?: number
}

const DEFAULT_MEMORY = 256
const DEFAULT_TIMEOUT = 60_000
const MEGABYTE = 2 ** 20

/**
 * Megabytes of heap for each of some threads: an eighth of the machine's memory for all of them, 96 to 192 each, so
 * 128 for each of two on a board of 2 GB. All tiles of `npm run bench -- tiles` can be drawn with 96 (`--memory 96`).
 *
 * @param machineBytes memory this process may use.
 */
export function threadMegabytes(machineBytes: number, threads: number): number {
  return Math.min(192, Math.max(96, Math.floor(machineBytes / 8 / threads / MEGABYTE)))
}

type Done = Exclude<TileResult, { kind: 'stopped' }>
type Asked = TileTask extends infer T ? (T extends TileTask ? Omit<T, 'stop'> : never) : never

export function createTileRenderer(options: TileRendererOptions): TileRenderer {
  let starting: Promise<Piscina<TileTask, TileResult>> | null = null
  /** Null until there was something to draw. */
  let started: Piscina<TileTask, TileResult> | null = null
  let asked = 0
  let closed = false

  async function start(): Promise<Piscina<TileTask, TileResult>> {
    const land = await loadLandInWorker()
    started = new Piscina<TileTask, TileResult>({
      filename: new URL('./tile-worker.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: Math.max(1, options.threads),
      idleTimeout: 60_000,
      workerData: { land },
      resourceLimits: {
        maxOldGenerationSizeMb: options.memoryMegabytes ?? DEFAULT_MEMORY,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
    })
    return started
  }

  /** A flag in shared memory stops a task: ending its thread would throw away what the thread has opened. */
  async function run(task: Asked, signal: AbortSignal): Promise<Done> {
    if (closed) throw new Error('the renderer is closed')
    starting ??= start()
    const pool = await starting
    signal.throwIfAborted()
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const raise = () => Atomics.store(stop, 0, 1)
    signal.addEventListener('abort', raise, { once: true })
    asked++
    try {
      const late = AbortSignal.timeout(options.timeoutMilliseconds ?? DEFAULT_TIMEOUT)
      const result = await pool.run({ ...task, stop }, { signal: late })
      if (result.kind !== 'stopped') return result
      signal.throwIfAborted()
      throw new Error('drawing stopped without having been told to')
    } finally {
      asked--
      signal.removeEventListener('abort', raise)
    }
  }

  return {
    async plan(ground, outlines, signal) {
      const result = await run({ kind: 'plan', ground, outlines }, signal)
      return result.kind === 'places' ? result.places : []
    },
    async make(product, cells, signal) {
      const result = await run({ kind: 'make', product, cells }, signal)
      return result.kind === 'bytes' ? result.bytes : null
    },
    load: () => ({
      threads: started?.threads.length ?? 0,
      busy: Math.max(0, asked - (started?.queueSize ?? 0)),
      queued: started?.queueSize ?? 0,
    }),
    async close() {
      closed = true
      await (await starting?.catch(() => null))?.destroy()
    },
  }
}
