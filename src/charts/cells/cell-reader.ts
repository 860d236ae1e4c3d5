import { Piscina } from 'piscina'
import { messageOf } from '#lib/errors.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import type { CellOutcome, CellTask } from './cell-worker.ts'
import type { IndexedCell } from './index-cell-files.ts'

/** Reads zips of cells in worker threads. */
export interface CellReader {
  /**
   * Unpacks, reads and compiles the cell in a zip.
   *
   * @throws CellReadError for anything wrong with this zip, also when its thread ran out of memory or of time: the reader
   *   stays usable. The signal's reason when it aborts; the thread is ended then, not waited for.
   */
  read(task: CellTask, signal: AbortSignal): Promise<IndexedCell>
  load(): ThreadLoad
  /** Ends the threads. */
  close(): Promise<void>
}

export interface CellReaderOptions {
  threads: number
  /** Heap of one thread: what keeps one monstrous cell from taking the server down. NOAA's largest cells need under 32 MB. */
  memoryMegabytes?: number
  /** Longest time for one cell. */
  timeoutMilliseconds?: number
  /** For tests: another program to run in the threads. */
  worker?: URL
  /** For tests: when the time for one cell is over, in place of a clock. */
  deadline?: () => AbortSignal
}

export class CellReadError extends Error {
  override readonly name = 'CellReadError'
}

const DEFAULT_MEMORY = 512
const DEFAULT_TIMEOUT = 5 * 60_000

export function createCellReader(options: CellReaderOptions): CellReader {
  const memoryMegabytes = options.memoryMegabytes ?? DEFAULT_MEMORY
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT
  const deadline = options.deadline ?? (() => AbortSignal.timeout(timeoutMilliseconds))
  const pool = new Piscina<CellTask, CellOutcome>({
    filename: (options.worker ?? new URL('./cell-worker.ts', import.meta.url)).href,
    minThreads: 1,
    maxThreads: Math.max(1, options.threads),
    idleTimeout: 5_000,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  })
  // A thread that is being ended (time is over, the job is cancelled) may run out of memory before it is gone. Its cell has
  // been answered for already, so the pool can only tell it as an event, and one that nobody hears takes the server down.
  pool.on('error', () => {})
  let asked = 0

  return {
    async read(task, signal) {
      signal.throwIfAborted()
      const late = deadline()
      asked++
      const outcome = await pool
        .run(task, { signal: AbortSignal.any([signal, late]) })
        .catch((error: unknown): CellOutcome => {
          signal.throwIfAborted()
          return { ok: false, message: late.aborted ? tooSlow(task) : threadLost(task, error) }
        })
        .finally(() => asked--)
      if (!outcome.ok) throw new CellReadError(outcome.message)
      return outcome.cell
    },
    load: () => ({ threads: pool.threads.length, busy: Math.max(0, asked - pool.queueSize), queued: pool.queueSize }),
    close: () => pool.destroy(),
  }

  function tooSlow(task: CellTask): string {
    return `${task.zipName} was not read within ${timeoutMilliseconds / 1000} seconds`
  }

  function threadLost(task: CellTask, error: unknown): string {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `${task.zipName} needs more than ${memoryMegabytes} MB of memory to be read`
    return `the thread that read ${task.zipName} ended unexpectedly: ${messageOf(error)}`
  }
}
