import { AppError } from '#lib/errors.ts'

/**
 * Kinds of work for the threads. Small plans take a few milliseconds and come before anything longer; large plans, of thousands of
 * cells, never take all threads where there are several; the overview is prepared while nothing else waits.
 */
export type Lane = 'smallPlan' | 'drawing' | 'largePlan' | 'overview'

export interface TaskLanes {
  /**
   * Runs a task when its lane lets it.
   *
   * @throws the signal's reason when it aborts before the task begins. @throws AppError TILES_BUSY (503) when the lane is full.
   */
  run<T>(lane: Lane, signal: AbortSignal, task: () => Promise<T>): Promise<T>
  /** Tasks that have begun and not ended. */
  running(): number
  /** Tasks that wait to begin. */
  queued(): number
}

interface Waiting {
  arrival: number
  begin(): void
}

/** Tasks that may wait in a lane. A map asks for some dozen tiles at once, so this is a hundred maps. */
const MOST_WAITING: Record<Lane, number> = { smallPlan: 4_000, drawing: 4_000, largePlan: 400, overview: 400 }

/**
 * Decides which task begins next.
 *
 * @param threads drawings and large plans that may run at once, at least 1.
 * @param spare how many more tasks may run, reserved for small plans. Without one, a small plan waits until one of the others ends.
 */
export function createTaskLanes(threads: number, spare = 1): TaskLanes {
  const waiting: Record<Lane, Set<Waiting>> = {
    smallPlan: new Set(),
    drawing: new Set(),
    largePlan: new Set(),
    overview: new Set(),
  }
  const running: Record<Lane, number> = { smallPlan: 0, drawing: 0, largePlan: 0, overview: 0 }
  const mostLarge = Math.max(1, threads - 1)
  let arrivals = 0

  const long = () => running.drawing + running.largePlan + running.overview
  const all = () => long() + running.smallPlan
  const first = (lane: Lane): Waiting | undefined => waiting[lane].values().next().value

  function next(): Lane | null {
    if (all() >= threads + spare) return null
    if (waiting.smallPlan.size > 0) return 'smallPlan'
    if (long() >= threads) return null
    const drawing = first('drawing')
    const mayPlan = running.largePlan + running.overview < mostLarge
    const plan = mayPlan ? first('largePlan') : undefined
    if (drawing !== undefined && (plan === undefined || drawing.arrival < plan.arrival)) return 'drawing'
    if (plan !== undefined) return 'largePlan'
    return mayPlan && waiting.largePlan.size === 0 && waiting.overview.size > 0 ? 'overview' : null
  }

  function beginNext(): void {
    for (let lane = next(); lane !== null; lane = next()) {
      const entry = first(lane)!
      waiting[lane].delete(entry)
      running[lane]++
      entry.begin()
    }
  }

  /** Resolves when the task may begin; it then counts as running. */
  function turn(lane: Lane, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      waiting[lane].delete(entry)
      reject(signal.reason as Error)
    }
    const entry: Waiting = {
      arrival: arrivals++,
      begin() {
        signal.removeEventListener('abort', leave)
        resolve()
      },
    }
    signal.addEventListener('abort', leave, { once: true })
    waiting[lane].add(entry)
    beginNext()
    return promise
  }

  return {
    async run(lane, signal, task) {
      signal.throwIfAborted()
      if (waiting[lane].size >= MOST_WAITING[lane]) {
        throw new AppError('TILES_BUSY', 'More tiles are waiting to be drawn than the server can queue. Try again soon.')
      }
      await turn(lane, signal)
      try {
        return await task()
      } finally {
        running[lane]--
        beginNext()
      }
    },
    running: all,
    queued: () => Object.values(waiting).reduce((sum, { size }) => sum + size, 0),
  }
}
