import { Piscina } from 'piscina'
import type { ThreadLoad } from '#lib/metrics.ts'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import { loadLandInWorker } from '../basemap/load-land-in-worker.ts'
import type { PlannedPlace } from '../plan/divide-ground.ts'
import type { PlanGround } from '../plan/plan-ground.ts'
import type { ProductName } from '../products/product-table.ts'
import type { Outline } from '../view/outline.ts'
import type { MakeTask, PlanTask, TileResult, TileTask } from './tile-task.ts'

/** Makes products in worker threads, which start with the first task. */
export interface TileRenderer {
  /** Which of the outlines, in the order of their claim, have ground in a box (`divideGround`). */
  divide(ground: PlanGround, outlines: Outline[], signal: AbortSignal): Promise<PlannedPlace[]>
  /** Makes a product; null where there is nothing. */
  make<N extends ProductName>(order: MakeOrder<N>, signal: AbortSignal): Promise<Uint8Array | null>
  load(): ThreadLoad
  close(): Promise<void>
}

export type MakeOrder<N extends ProductName> = Omit<MakeTask<N>, 'kind' | 'stop'>

export interface TileRendererOptions {
  threads: number
  /** Heap of one thread; shared memory does not count. */
  memoryMegabytes?: number | undefined
  /** Longest time for one task; a thread that takes longer is ended. */
  timeoutMilliseconds?: number
}

const DEFAULT_MEMORY = 256
const DEFAULT_TIMEOUT = 60_000
const IDLE_MILLISECONDS = 60_000

type Pool = Piscina<TileTask, TileResult>
type Finished = Exclude<TileResult, { kind: 'stopped' }>

export function createTileRenderer(options: TileRendererOptions): TileRenderer {
  let starting: Promise<Pool> | null = null
  /** Null before the first task. */
  let started: Pool | null = null
  let unfinished = 0
  let closed = false

  async function start(): Promise<Pool> {
    started = await startPool(options)
    return started
  }

  /** A flag in shared memory stops a task: ending its thread would throw away the cells that the thread has opened. */
  async function run(task: Omit<PlanTask, 'stop'> | Omit<MakeTask, 'stop'>, signal: AbortSignal): Promise<Finished> {
    if (closed) throw new Error('the renderer is closed')
    starting ??= start()
    const pool = await starting
    signal.throwIfAborted()
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const raise = () => Atomics.store(stop, 0, 1)
    signal.addEventListener('abort', raise, { once: true })
    unfinished++
    try {
      const timeout = AbortSignal.timeout(options.timeoutMilliseconds ?? DEFAULT_TIMEOUT)
      const result = await pool.run({ ...task, stop }, { signal: timeout })
      if (result.kind !== 'stopped') return result
      signal.throwIfAborted()
      throw new Error('drawing stopped although nothing asked it to')
    } finally {
      unfinished--
      signal.removeEventListener('abort', raise)
    }
  }

  return {
    async divide(ground, outlines, signal) {
      const result = await run({ kind: 'plan', ground, outlines }, signal)
      return result.kind === 'places' ? result.places : []
    },
    async make(order, signal) {
      const result = await run({ kind: 'make', ...order }, signal)
      return result.kind === 'bytes' ? result.bytes : null
    },
    load: () => ({
      threads: started?.threads.length ?? 0,
      busy: Math.max(0, unfinished - (started?.queueSize ?? 0)),
      queued: started?.queueSize ?? 0,
    }),
    async close() {
      closed = true
      await (await starting?.catch(() => null))?.destroy()
    },
  }
}

async function startPool({ threads, memoryMegabytes }: TileRendererOptions): Promise<Pool> {
  const land = await loadLandInWorker()
  return new Piscina<TileTask, TileResult>({
    filename: new URL('./tile-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.max(1, threads),
    idleTimeout: IDLE_MILLISECONDS,
    workerData: { land },
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMegabytes ?? DEFAULT_MEMORY,
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
    },
  })
}
