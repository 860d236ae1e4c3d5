import { Piscina } from 'piscina'
import type { WaitingRequests } from '#lib/client-activity.ts'
import { createEndGuard, type EndGuard, endable } from '#lib/end-guard.ts'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault, MachineFaultError } from '#lib/machine-fault.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import type { StoredFile } from '../zip/read-stored-file.ts'
import type { CatalogueFileOutcome } from './catalogue-file-worker.ts'
import type { ExchangeCatalogueOutcome, ExchangeCatalogueTask } from './exchange-catalogue-worker.ts'
import type { ReaderThreadData } from './give-way-here.ts'
import { createPoliteTurns } from './polite-turns.ts'
import type { UploadedCellOutcome, UploadedCellTask } from './uploaded-cell-worker.ts'
import type { FailedOutcome, ReadZip, ZipOutcome, ZipTask } from './zipped-cell-worker.ts'

/** Reads cells in worker threads. */
export interface CellReader {
  /**
   * Unpacks, parses and compiles the cell in a zip.
   *
   * @throws CellReadError for any fault of this zip, also when its thread runs out of memory or time: the reader stays usable.
   *   MachineFaultError when this machine lacks descriptors, memory or threads. The signal's reason when it aborts, which ends
   *   the thread.
   */
  read(task: ZipTask, signal: AbortSignal): Promise<ReadZip>
  /**
   * Assembles, parses and compiles a cell from stored files of uploads. The outcome reports every fault of the files, also the
   * loss of the thread.
   *
   * @throws MachineFaultError, and the signal's reason.
   */
  readUploaded(task: UploadedCellTask, signal: AbortSignal): Promise<UploadedCellOutcome>
  /**
   * Reads the CATALOG.031 of an upload. The outcome reports every fault of the file, also the loss of the thread.
   *
   * @throws MachineFaultError, and the signal's reason.
   */
  readCatalogueFile(file: StoredFile, signal: AbortSignal): Promise<CatalogueFileOutcome>
  /**
   * Reads the catalogue of an S-100 exchange set and verifies its signature. The outcome reports every fault of the files, also the
   * loss of the thread.
   *
   * @throws MachineFaultError, and the signal's reason.
   */
  readExchangeCatalogue(task: ExchangeCatalogueTask, signal: AbortSignal): Promise<ExchangeCatalogueOutcome>
  load(): ThreadLoad
  /** Ends the threads. */
  close(): Promise<void>
}

export interface CellReaderOptions {
  threads: number
  /** Whether clients are sending requests: then one thread of several rests. */
  clientsAsk?: () => boolean
  /** Requests that wait for a short response: threads give way to them. */
  waitingRequests?: WaitingRequests
  /** Heap of one thread: it keeps an oversized cell from taking the server down. NOAA's largest cells need under 32 MB. */
  memoryMegabytes?: number
  /** Time limit for one cell. */
  timeoutMilliseconds?: number
  /** For tests: another module to run in the threads. */
  worker?: URL
  /** For tests: replaces the clock that limits the time for one cell. */
  deadline?: () => AbortSignal
}

/** A cell cannot be read; the message says why. */
export class CellReadError extends Error {
  override readonly name = 'CellReadError'
  /** Whether it only timed out: a later try may succeed. */
  readonly late: boolean

  constructor(message: string, options: { late?: boolean } = {}) {
    super(message)
    this.late = options.late ?? false
  }
}

const UPLOADED_CELL_WORKER = import.meta.resolve('#charts/reading/uploaded-cell-worker.ts')
const CATALOGUE_FILE_WORKER = import.meta.resolve('#charts/reading/catalogue-file-worker.ts')
const EXCHANGE_CATALOGUE_WORKER = import.meta.resolve('#charts/reading/exchange-catalogue-worker.ts')
const DEFAULT_MEMORY = 512
const DEFAULT_TIMEOUT = 5 * 60_000

export function createCellReader(options: CellReaderOptions): CellReader {
  const memoryMegabytes = options.memoryMegabytes ?? DEFAULT_MEMORY
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT
  const deadline = options.deadline ?? (() => AbortSignal.timeout(timeoutMilliseconds))
  const turns = createPoliteTurns({ threads: Math.max(1, options.threads), clientsAsk: options.clientsAsk ?? (() => false) })
  const pool = new Piscina<unknown, unknown>({
    filename: options.worker?.href ?? import.meta.resolve('#charts/reading/zipped-cell-worker.ts'),
    minThreads: 1,
    maxThreads: Math.max(1, options.threads),
    idleTimeout: 5_000,
    workerData: { waitingRequests: options.waitingRequests ?? null } satisfies ReaderThreadData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  // A thread that is being ended (timed out, cancelled) may still run out of memory. Its task is settled, so the pool can only
  // emit an event, and an unhandled `error` event would end the process.
  pool.on('error', () => {})
  /** Guards of the running tasks and of the queued ones. */
  const guards = new Set<EndGuard>()

  return {
    async read(task, signal) {
      const outcome = await run<ZipOutcome>(task, task.zipName, undefined, signal)
      if (!outcome.ok) throw new CellReadError(outcome.message, outcome)
      return outcome.cell
    },
    load: () => ({
      threads: pool.threads.length,
      busy: Math.max(0, guards.size - pool.queueSize),
      queued: pool.queueSize + turns.waiting(),
    }),
    readUploaded: (task, signal) => run<UploadedCellOutcome>(task, task.cell, UPLOADED_CELL_WORKER, signal),
    readCatalogueFile: (file, signal) => run<CatalogueFileOutcome>(file, file.name, CATALOGUE_FILE_WORKER, signal),
    readExchangeCatalogue: (task, signal) =>
      run<ExchangeCatalogueOutcome>(task, task.catalogue.name, EXCHANGE_CATALOGUE_WORKER, signal),
    async close() {
      await Promise.all([...guards].map(endable))
      await pool.destroy()
    },
  }

  function run<T extends { ok: boolean }>(
    task: object,
    name: string,
    filename: string | undefined,
    signal: AbortSignal,
  ): Promise<T | FailedOutcome> {
    return turns.run(signal, () => runNow<T>(task, name, filename, signal))
  }

  async function runNow<T extends { ok: boolean }>(
    task: object,
    name: string,
    filename: string | undefined,
    signal: AbortSignal,
  ): Promise<T | FailedOutcome> {
    signal.throwIfAborted()
    const late = deadline()
    const stop = AbortSignal.any([signal, late])
    const guard = createEndGuard()
    const end = new AbortController()
    const endThread = () => void endable(guard).then(() => end.abort(stop.reason))
    if (stop.aborted) endThread()
    else stop.addEventListener('abort', endThread, { once: true })
    guards.add(guard)
    try {
      const options = { signal: end.signal, ...(filename === undefined ? {} : { filename }) }
      const outcome = (await pool.run({ ...task, guard }, options)) as T | FailedOutcome
      if (isFault(outcome)) throw new MachineFaultError(outcome.message)
      return outcome
    } catch (error) {
      signal.throwIfAborted()
      if (isMachineFault(error)) throw new MachineFaultError(`${name} could not be read on this machine`, { cause: error })
      return { ok: false, message: late.aborted ? tooSlow(name) : threadLost(name, error), late: late.aborted }
    } finally {
      stop.removeEventListener('abort', endThread)
      guards.delete(guard)
    }
  }

  function tooSlow(name: string): string {
    return `${name} could not be read within ${timeoutMilliseconds / 1000} seconds`
  }

  function threadLost(name: string, error: unknown): string {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `reading ${name} takes more than ${memoryMegabytes} MB of memory`
    return `the thread reading ${name} ended unexpectedly: ${messageOf(error)}`
  }
}

/** Whether a thread reports what this machine lacks. */
function isFault(outcome: { ok: boolean }): outcome is FailedOutcome {
  return 'machineFault' in outcome && outcome.machineFault === true
}
