import { listPublicCells } from '#charts/cells/public-cells.ts'
import { type FailedTry, recordFailures } from '#charts/cells/public-failures.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { downloadZips } from '#charts/refresh/download-zips.ts'
import { indexCells } from '#charts/refresh/index-cells.ts'
import { type ChangedCell, isCurrent } from '#charts/refresh/plan-refresh.ts'
import { cancelledKey, refreshPlanKey } from '#charts/refresh/public-keys.ts'
import { readPlan } from '#charts/refresh/stored-plan.ts'
import { defaultTransferSettings, type TransferSettings } from '#charts/refresh/transfer-settings.ts'
import type { ChartSource } from '#charts/sources/chart-source.ts'
import { noaa } from '#charts/sources/noaa.ts'
import type { Db } from '#db/database.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { stringsOf } from '#jobs/model/read-parameters.ts'
import type { Clock } from '#lib/clock.ts'
import { PermanentError } from '#lib/errors.ts'
import { counted, duration } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export const INDEX_PUBLIC_ENCS = 'index-public-encs'

export interface IndexOptions {
  db: Db
  storage: BlobStore
  clock: Clock
  /** The number of cells read at once, and the reader with its worker threads. */
  workers: number
  reader: SharedCellReader
}

export interface IndexPublicOptions extends IndexOptions {
  /** The catalogue's address, to download zips that are missing when a batch is retried. */
  catalogueUrl: URL
  /** NOAA unless given. */
  source?: ChartSource
  /** Chartroom's version, for the User-Agent. */
  version: string
  /** For tests: other timeouts and retries than the default. */
  transfer?: Partial<TransferSettings>
}

/** Names of the cells to index. */
export interface IndexPublicParameters extends Record<string, unknown> {
  cells: string[]
}

/** Counts of cells, and the server that read them. */
export interface IndexResult extends Record<string, unknown> {
  indexed: number
  cancelled: number
  failed: number
  worker: string
}

/**
 * Indexes a batch of a refresh's cells: the child job of `refresh-public-charts` where several servers share the work. Its
 * parameters name the cells; the refresh's plan in the storage holds the rest.
 *
 * @param options.worker the name of this server, for the result.
 */
export function indexPublicEncs(options: IndexPublicOptions & { worker: string }): JobType<IndexPublicParameters, IndexResult> {
  return {
    name: INDEX_PUBLIC_ENCS,
    queue: 'import',
    creatable: false,
    exclusive: false,
    steps: [{ name: 'step_index_cells', weight: 1 }],
    parse: (parameters) => ({ cells: stringsOf(parameters, 'cells') }),
    async run(job) {
      const { key, names } = batchOf(job)
      job.log.info(`Running on ${options.worker}`)
      const done = await job.step('step_index_cells', async (step) => {
        const plan = await readPlan(options.storage, key)
        const wanted = plan.changed.filter((cell) => names.has(cell.name))
        if (wanted.length < names.size) throw new PermanentError('its cells are not in the plan of its refresh')
        return await indexWanted(options, job, step, wanted)
      })
      return { ...done, worker: options.worker }
    },
  }
}

function batchOf({ parentJobId, parameters }: JobContext<IndexPublicParameters>): { key: string; names: Set<string> } {
  if (parentJobId === null) throw new PermanentError('it is not the child job of a refresh')
  return { key: refreshPlanKey(parentJobId, noaa.id), names: new Set(parameters.cells) }
}

const BATCHES = 48
const SMALLEST_BATCH = 4
const LARGEST_BATCH = 100

/**
 * Splits cells into batches: enough of them to keep every worker busy until the end, few enough for a readable list of jobs, and each small
 * enough that losing its worker costs little.
 */
export function batches<T>(cells: readonly T[]): T[][] {
  const size = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.ceil(cells.length / BATCHES)))
  return Array.from({ length: Math.ceil(cells.length / size) }, (_, n) => cells.slice(n * size, (n + 1) * size))
}

/**
 * Indexes those of the cells that are not indexed yet. Cells done before a crash count as indexed by this job. A retried step first
 * downloads missing zips again (those of cells that failed).
 */
export async function indexWanted(
  options: IndexPublicOptions,
  { log, signal }: JobContext,
  step: StepContext,
  wanted: readonly ChangedCell[],
): Promise<{ indexed: number; cancelled: number; failed: number }> {
  const { storage, clock, source = noaa } = options
  const began = clock.monotonic()
  const indexed = new Map((await listPublicCells(options.db, source.id)).map((cell) => [cell.name, cell]))
  const missing = wanted.filter((cell) => cell.again === true || !isCurrent(cell.version, indexed.get(cell.name)))
  const cells: ChangedCell[] = []
  let cancelledBefore = 0
  for (const cell of missing) {
    if ((await storage.size(cancelledKey(cell.name, cell.version, source.id))) === null) cells.push(cell)
    else cancelledBefore++
  }
  const doneBefore = wanted.length - missing.length
  if (step.attempt > 1)
    log.info(`Done before the interruption: ${counted(doneBefore + cancelledBefore, 'cell')}; ${cells.length} remain`)
  if (cells.length === 0) return { indexed: doneBefore, cancelled: cancelledBefore, failed: 0 }

  const lost = step.attempt > 1 ? await fetchMissing(options, log, signal, cells) : []
  if (lost.length > 0) await step.transaction((trx) => recordFailures(trx, source.id, lost))
  const lostNames = new Set(lost.map(({ name }) => name))
  const toRead = cells.filter(({ name }) => !lostNames.has(name))
  if (toRead.length === 0) return { indexed: doneBefore, cancelled: cancelledBefore, failed: lost.length }

  return await options.reader.use(async (reader) => {
    log.info(`Indexing ${counted(toRead.length, 'cell')} in ${counted(Math.max(1, options.workers), 'thread')}`)
    const done = await indexCells({
      source,
      cells: toRead,
      storage,
      reader,
      previousZip: (name) => indexed.get(name)?.blobKey ?? null,
      // One more than threads, so that none is idle while a cell is stored.
      concurrency: options.workers + 1,
      clock,
      log,
      signal,
      transaction: step.transaction,
      onProgress: (fraction) => step.progress((wanted.length - toRead.length + fraction * toRead.length) / wanted.length),
    })
    // An unusable zip may be damaged although its size is right, so the next refresh must download it again.
    for (const cell of done.unusable) await storage.delete(cell.key)
    log.info(`Indexed ${counted(done.indexed, 'cell')} in ${duration(clock.monotonic() - began)}`)
    return { indexed: doneBefore + done.indexed, cancelled: cancelledBefore + done.cancelled, failed: lost.length + done.failed }
  })
}

/** @returns the cells whose zip could not be downloaded. */
async function fetchMissing(
  { storage, clock, catalogueUrl, version, transfer }: IndexPublicOptions,
  log: JobContext['log'],
  signal: AbortSignal,
  cells: readonly ChangedCell[],
): Promise<FailedTry[]> {
  const missing: ChangedCell[] = []
  for (const cell of cells) if ((await storage.size(cell.key)) === null) missing.push(cell)
  if (missing.length === 0) return []
  const settings = { ...defaultTransferSettings(version), ...transfer }
  const { downloaded, failed } = await downloadZips({
    cells: missing,
    catalogueUrl,
    storage,
    settings,
    clock,
    log,
    signal,
    onProgress: () => {},
  })
  log.info(`Downloaded ${counted(downloaded, 'zip')} again`)
  return failed
}
