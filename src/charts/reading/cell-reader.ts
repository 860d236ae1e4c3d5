import { Piscina } from 'piscina'
import { messageOf } from '#lib/errors.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import type { UploadedCellOutcome, UploadedCellTask } from './uploaded-cell-worker.ts'
import type { ReadZip, ZipOutcome, ZipTask } from './zipped-cell-worker.ts'

/** Reads zips of cells in worker threads. */
export interface CellReader {
  /**
   * Unpacks, reads and compiles the cell in a zip.
   *
   * @throws CellReadError for anything wrong with this zip, also when its thread ran out of memory or of time: the reader
   *   stays usable. The signal's reason when it aborts; the thread is ended then, not waited for.
   */
  read(task: ZipTask, signal: AbortSignal): Promise<ReadZip>
  /**
   * Puts a cell together from files of uploads. What is wrong with the files is in the outcome, also when the thread is lost.
   * Throws only the signal's reason.
   */
  readUploaded(task: UploadedCellTask, signal: AbortSignal): Promise<UploadedCellOutcome>
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

const UPLOADED_CELL_WORKER = new URL('./uploaded-cell-worker.ts', import.meta.url).href
const DEFAULT_MEMORY = 512
const DEFAULT_TIMEOUT = 5 * 60_000

export function createCellReader(options: CellReaderOptions): CellReader {
  const memoryMegabytes = options.memoryMegabytes ?? DEFAULT_MEMORY
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT
  const deadline = options.deadline ?? (() => AbortSignal.timeout(timeoutMilliseconds))
  const pool = new Piscina<unknown, unknown>({
    filename: (options.worker ?? new URL('./zipped-cell-worker.ts', import.meta.url)).href,
    minThreads: 1,
    maxThreads: Math.max(1, options.threads),
    idleTimeout: 5_000,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  // A thread that is being ended (time is over, the job is cancelled) may run out of memory before it is gone. Its cell has
  // been answered for already, so the pool can only tell it as an event, and one that nobody hears takes the server down.
  pool.on('error', () => {})
  let asked = 0

  return {
    async read(task, signal) {
      const outcome = await run<ZipOutcome>(task, task.zipName, undefined, signal)
      if (!outcome.ok) throw new CellReadError(outcome.message)
      return outcome.cell
    },
    load: () => ({ threads: pool.threads.length, busy: Math.max(0, asked - pool.queueSize), queued: pool.queueSize }),
    readUploaded: (task, signal) => run<UploadedCellOutcome>(task, task.cell, UPLOADED_CELL_WORKER, signal),
    close: () => pool.destroy(),
  }

  async function run<T>(task: unknown, name: string, filename: string | undefined, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    const late = deadline()
    const either = { signal: AbortSignal.any([signal, late]), ...(filename === undefined ? {} : { filename }) }
    try {
      asked++
      return (await pool.run(task, either)) as T
    } catch (error) {
      signal.throwIfAborted()
      return { ok: false, message: late.aborted ? tooSlow(name) : threadLost(name, error) } as T
    } finally {
      asked--
    }
  }

  function tooSlow(name: string): string {
    return `${name} was not read within ${timeoutMilliseconds / 1000} seconds`
  }

  function threadLost(name: string, error: unknown): string {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `${name} needs more than ${memoryMegabytes} MB of memory to be read`
    return `the thread that read ${name} ended unexpectedly: ${messageOf(error)}`
  }
}
