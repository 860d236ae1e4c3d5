import { Piscina } from 'piscina'
import { AppError, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import { loadLandInWorker } from '../basemap/load-land-in-worker.ts'
import type { LandLoader } from '../basemap/preload-land.ts'
import type { PlannedPlace } from '../plan/divide-ground.ts'
import { packOutlines } from '../plan/packed-outlines.ts'
import type { PlanGround } from '../plan/plan-ground.ts'
import type { ProductName } from '../products/product-table.ts'
import type { Shape } from '../view/outline.ts'
import { createTaskLanes, type Lane } from './task-lanes.ts'
import type { MakeTask, PlanTask, TileResult, TileTask } from './tile-task.ts'

/** Makes products in worker threads, which start with the first task, or when `warm` says that one is likely. */
export interface TileRenderer {
  /**
   * Which of the outlines, in the order of their claim, have ground in a box (`divideGround`).
   *
   * @throws AppError TILES_BUSY (503), as `make` does, when too many wait or it takes too long.
   */
  divide(ground: PlanGround, outlines: readonly Shape[], signal: AbortSignal, urgency?: 'asked' | 'idle'): Promise<PlannedPlace[]>
  /** Makes a product; null where there is nothing. @param order a function is called when the work begins: what waits takes no memory. */
  make<N extends ProductName>(
    order: MakeOrder<N> | (() => Promise<HeldOrder<N>>),
    signal: AbortSignal,
  ): Promise<Uint8Array | null>
  /** Starts the first thread ahead of need; a failure is left to the first task. */
  warm(): void
  load(): ThreadLoad
  close(): Promise<void>
}

export type MakeOrder<N extends ProductName> = Omit<MakeTask<N>, 'kind' | 'stop'>

/** An order and what it holds in memory. */
export interface HeldOrder<N extends ProductName> {
  order: MakeOrder<N>
  /** Called when the work has ended, in whatever way. */
  release(): void
}

export interface TileRendererOptions {
  /** Drawings at once. */
  threads: number
  /** Whether an additional thread starts when plans need it; by default, yes. */
  hasSpare?: boolean | undefined
  log: Log
  /** Heap of one thread; shared memory does not count. */
  memoryMegabytes?: number | undefined
  /** Longest time for one task, from when it begins. */
  timeoutMilliseconds?: number
  /** The module that the threads run; tests use another. */
  workerFile?: URL
  loadLand?: LandLoader | undefined
}

/** A plan of more cells than this is large. */
const LARGE_PLAN = 500

/** Threads that start together. The lanes reserve one for small plans, which would otherwise wait for a second to start. */
export const MINIMUM_THREADS = 2

const DEFAULT_MEMORY = 256
const DEFAULT_TIMEOUT = 60_000
/** How long a task has to notice that it must stop, before its thread is ended. */
const GRACE_MILLISECONDS = 5_000
const IDLE_MILLISECONDS = 60_000

type Pool = Piscina<TileTask, TileResult>
type Unstarted = Omit<PlanTask, 'stop'> | Omit<MakeTask, 'stop'>
type Held = { task: Unstarted; release(): void }
type Finished = Exclude<TileResult, { kind: 'stopped' }>

export function createTileRenderer(options: TileRendererOptions): TileRenderer {
  const lanes = createTaskLanes(Math.max(1, options.threads), spareOf(options))
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT
  let starting: Promise<Pool> | null = null
  /** Null before the first task. */
  let started: Pool | null = null
  let closed = false

  async function pool(): Promise<Pool> {
    if (closed) throw new Error('the renderer is closed')
    starting ??= startPool(options)
    try {
      started = await starting
      return started
    } catch (error) {
      // The next task tries again.
      starting = null
      throw error
    }
  }

  /** @param task called when it begins: what waits takes no memory. */
  function run(lane: Lane, task: () => Promise<Held>, signal: AbortSignal): Promise<Finished> {
    return lanes.run(lane, signal, async () => {
      const threads = await pool()
      const held = await task()
      try {
        return await runNow(threads, held.task, signal)
      } finally {
        held.release()
      }
    })
  }

  /** A flag in shared memory stops a task: ending its thread would throw away the cells that the thread has opened. */
  async function runNow(threads: Pool, task: Unstarted, signal: AbortSignal): Promise<Finished> {
    signal.throwIfAborted()
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const raise = () => Atomics.store(stop, 0, 1)
    signal.addEventListener('abort', raise, { once: true })
    const end = new AbortController()
    let isLate = false
    let timer = setTimeout(() => {
      isLate = true
      raise()
      timer = setTimeout(() => end.abort(), GRACE_MILLISECONDS)
    }, timeoutMilliseconds)
    try {
      const result = await threads.run({ ...task, stop }, { signal: end.signal })
      if (result.kind !== 'stopped') return result
      signal.throwIfAborted()
      throw new Error('a task stopped although nothing asked it to')
    } catch (error) {
      if (isLate && !signal.aborted) {
        throw new AppError('TILES_BUSY', 'The server could not make this in time. Try again soon.', { cause: error })
      }
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', raise)
    }
  }

  return {
    async divide(ground, outlines, signal, urgency = 'asked') {
      const lane = urgency === 'idle' ? 'overview' : outlines.length > LARGE_PLAN ? 'largePlan' : 'smallPlan'
      const task = async (): Promise<Unstarted> => ({ kind: 'plan', ground, outlines: await packOutlines(outlines) })
      const result = await run(lane, async () => ({ task: await task(), release() {} }), signal)
      return result.kind === 'places' ? result.places : []
    },
    async make(order, signal) {
      const held = async (): Promise<Held> => {
        const { order: begun, release } = typeof order === 'function' ? await order() : { order, release() {} }
        return { task: { kind: 'make', ...begun }, release }
      }
      const result = await run('drawing', held, signal)
      return result.kind === 'bytes' ? result.bytes : null
    },
    warm() {
      if (!closed) pool().catch(() => {})
    },
    load: () => ({ threads: started?.threads.length ?? 0, busy: lanes.running(), queued: lanes.queued() }),
    async close() {
      closed = true
      await (await starting?.catch(() => null))?.destroy()
    },
  }
}

const spareOf = ({ hasSpare = true }: TileRendererOptions) => (hasSpare ? 1 : 0)

/** Memory for young objects of a thread: on a small machine, a few per cent of speed are worth less than the memory. */
function youngMegabytes(heap: number, options: TileRendererOptions): number {
  return Math.min(YOUNG_MEGABYTES, Math.floor(heap / (spareOf(options) === 0 ? 20 : 10)))
}

async function startPool(options: TileRendererOptions): Promise<Pool> {
  const { threads, memoryMegabytes, log, workerFile, loadLand } = options
  const most = Math.max(1, threads) + spareOf(options)
  const land = await (loadLand ?? loadLandInWorker)()
  const heap = memoryMegabytes ?? DEFAULT_MEMORY
  const pool = new Piscina<TileTask, TileResult>({
    filename: workerFile?.href ?? import.meta.resolve('#tiles/render/tile-worker.ts'),
    minThreads: Math.min(MINIMUM_THREADS, most),
    maxThreads: most,
    idleTimeout: IDLE_MILLISECONDS,
    workerData: { land },
    resourceLimits: {
      maxOldGenerationSizeMb: heap,
      maxYoungGenerationSizeMb: youngMegabytes(heap, options),
    },
  })
  // Without a listener, a thread that dies between two tasks would end the process. The pool starts another one.
  pool.on('error', (error: unknown) => log.warn({ err: error }, `a drawing thread ended: ${messageOf(error)}`))
  return pool
}
