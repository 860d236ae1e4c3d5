import type { CatalogueFilter } from '#charts/catalogue/catalogue-filter.ts'
import { sweepCompiled } from '#charts/cells/compiled-store.ts'
import { listPublicCells, removePublicCell } from '#charts/cells/public-cells.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { confirmLacking } from '#charts/refresh/confirm-lacking.ts'
import { downloadZips } from '#charts/refresh/download-zips.ts'
import { fetchCatalogue } from '#charts/refresh/fetch-catalogue.ts'
import { planRefresh, type RefreshPlan } from '#charts/refresh/plan-refresh.ts'
import { cancelledKey, cellPrefix, PLAN_PREFIX, PUBLIC_PREFIX, planKey } from '#charts/refresh/public-keys.ts'
import { readPlan, type StoredPlan } from '#charts/refresh/stored-plan.ts'
import { defaultTransferSettings, type TransferSettings } from '#charts/refresh/transfer-settings.ts'
import { shownAddress } from '#charts/transfer/shown-address.ts'
import type { Db } from '#db/database.ts'
import { FanOut, type JobContext, type JobLog, type JobType, type StepContext } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import type { Clock } from '#lib/clock.ts'
import { PermanentError } from '#lib/errors.ts'
import { counted, duration, megabytes } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { batches, INDEX_PUBLIC_ENCS, type IndexPublicParameters, indexWanted, SOURCE } from './index-public-encs.ts'

export interface RefreshPublicChartsOptions {
  db: Db
  storage: BlobStore
  clock: Clock
  /** The catalogue's address (PUBLIC_CHARTS_URL) and which of its cells to index (PUBLIC_CHARTS_FILTER; null for all). */
  catalogueUrl: URL
  filter: CatalogueFilter | null
  /** Whether an older version in the catalogue replaces a newer one here (PUBLIC_CHARTS_ALLOW_DOWNGRADE). */
  allowDowngrade?: boolean
  /** The number of cells read at once, and the reader with its worker threads. */
  workers: number
  reader: SharedCellReader
  /**
   * True where several servers share a database: the index step then continues as child jobs, a batch of cells each, which any
   * server may run. They must share their storage too.
   */
  shared?: boolean
  /** Chartroom's version, for the User-Agent. */
  version: string
  /** For tests: other timeouts and retries than the default. */
  transfer?: Partial<TransferSettings>
}

/** Counts of cells, except `bytes`, the bytes downloaded. checked = unchanged + indexed + cancelled + failed; withdrawn are extra. */
export interface RefreshResult extends Record<string, unknown> {
  checked: number
  downloaded: number
  indexed: number
  unchanged: number
  cancelled: number
  withdrawn: number
  failed: number
  bytes: number
}

/** The result of the download step: counts for the index step, which reads the rest from the storage under `planKey`. */
interface DownloadStepResult {
  checked: number
  downloaded: number
  unchanged: number
  failed: number
  bytes: number
}

const CATALOGUE_SHARE = 0.05
const HALF_WRITTEN_AGE = 60 * 60_000

/**
 * Brings the public charts up to date with NOAA's catalogue, or a copy of it.
 *
 * Fails only when the catalogue cannot be read, or when every changed cell failed. A single broken cell is logged, keeps its last
 * good version, and is retried by the next refresh. This holds both for one job and for child jobs (`shared`).
 */
export function refreshPublicCharts(options: RefreshPublicChartsOptions): JobType<unknown, RefreshResult> {
  const { storage, clock } = options
  return {
    name: 'refresh-public-charts',
    queue: 'import',
    creatable: true,
    exclusive: true,
    steps: [
      { name: 'step_download_noaa', weight: 0.5 },
      { name: 'step_index_noaa', weight: 0.5 },
    ],
    parse: noParameters,
    async run(job) {
      const began = clock.monotonic()
      const download = await job.step('step_download_noaa', (step) => downloadStep(options, job, step))
      if (options.shared) return await job.openStep('step_index_noaa', (step) => shareIndexing(options, job, step, download))
      const index = await job.step('step_index_noaa', (step) => indexStep(options, job, step))
      await storage.delete(planKey(job.jobId))
      const { checked, downloaded, unchanged, bytes } = download
      const { failed } = index
      const result = {
        checked,
        downloaded,
        indexed: index.indexed,
        unchanged,
        cancelled: index.cancelled + index.listedCancelled,
        withdrawn: index.withdrawn,
        failed,
        bytes,
      }
      job.log.info(
        `Done after ${duration(clock.monotonic() - began)}: ${counted(result.indexed, 'cell')} indexed, ${unchanged} unchanged, ` +
          `${result.cancelled} cancelled, ${result.withdrawn} withdrawn, ${failed} failed`,
      )
      return result
    },
  }
}

async function downloadStep(
  options: RefreshPublicChartsOptions,
  job: JobContext,
  step: StepContext,
): Promise<DownloadStepResult> {
  const { storage, clock, catalogueUrl } = options
  const { log, signal } = job
  const settings = { ...defaultTransferSettings(options.version), ...options.transfer }
  await deleteLeftovers(storage, job.jobId)
  await sweepCompiled(options.db, storage, signal)

  log.info(`Reading the catalogue from ${shownAddress(catalogueUrl)}`)
  const read = await fetchCatalogue({
    url: catalogueUrl,
    settings,
    clock,
    log,
    signal,
    onProgress: (fraction) => step.progress(fraction * CATALOGUE_SHARE),
  })
  const { catalogue } = read
  const validity = catalogue.validFrom === null ? '' : `, valid from ${catalogue.validFrom}`
  log.info(`The catalogue lists ${counted(catalogue.entries.length, 'cell')} (${megabytes(read.bytes)}${validity})`)
  for (const warning of catalogue.warnings) log.warning(`Catalogue: ${warning}`)

  const stored = new Set<string>()
  for await (const { key } of storage.list(PUBLIC_PREFIX)) stored.add(key)
  const indexed = await listPublicCells(options.db, SOURCE)
  const planned = planRefresh(catalogue, indexed, options.filter, stored, options.allowDowngrade)
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const plan = await confirmLacking(options.db, planned, catalogue.validFrom ?? today)
  logPlan(log, plan, indexed.length)
  await deleteUnusedZips(
    storage,
    stored,
    plan,
    new Set(indexed.map((cell) => cell.blobKey)),
    catalogue.entries.map((cell) => cancelledKey(cell.name, cell)),
  )

  const began = clock.monotonic()
  const downloads = await downloadZips({
    cells: plan.changed,
    catalogueUrl,
    storage,
    settings,
    clock,
    log,
    signal,
    onProgress: (fraction) => step.progress(CATALOGUE_SHARE + fraction * (1 - CATALOGUE_SHARE)),
  })
  if (downloads.found > 0) log.info(`${counted(downloads.found, 'zip')} from an earlier run reused`)
  if (downloads.downloaded > 0) {
    log.info(
      `Downloaded ${counted(downloads.downloaded, 'zip')}, ${megabytes(downloads.bytes)}, in ${duration(clock.monotonic() - began)}`,
    )
  }

  const { changed, cancelled, withdrawn } = plan
  const toStore: StoredPlan = { changed, cancelled, withdrawn, failedDownloads: downloads.failed }
  await storage.put(planKey(job.jobId), new TextEncoder().encode(JSON.stringify(toStore)))
  const { downloaded, bytes, failed } = downloads
  return { checked: plan.checked, unchanged: plan.unchanged, downloaded, bytes, failed: failed.length }
}

async function indexStep(options: RefreshPublicChartsOptions, job: JobContext, step: StepContext) {
  const plan = await readPlan(options.storage, planKey(job.jobId))
  await removeCells(options, job, step, plan)
  const failedDownloads = stillFailed(plan, step)
  const wanted = plan.changed.filter((cell) => !failedDownloads.has(cell.name))
  const done = await indexWanted(options, job, step, wanted)
  const failed = failedDownloads.size + done.failed
  // Thrown inside the step, so that a retry runs it again, including the failed downloads.
  if (failed > 0 && failed === plan.changed.length) throw new PermanentError(allFailed(failed))
  return { listedCancelled: plan.cancelled.length, withdrawn: plan.withdrawn.length, ...done, failed }
}

/** Hands the cells to child jobs; the last to end adds up their counts and settles this job (jobs/tree/job-tree.ts). */
async function shareIndexing(
  options: RefreshPublicChartsOptions,
  job: JobContext,
  step: StepContext,
  download: DownloadStepResult,
): Promise<FanOut> {
  const { checked, downloaded, unchanged, bytes } = download
  const plan = await readPlan(options.storage, planKey(job.jobId))
  await removeCells(options, job, step, plan)
  const changed = plan.changed.length
  const failedDownloads = stillFailed(plan, step)
  const failed = failedDownloads.size
  if (failed > 0 && failed === changed) throw new PermanentError(allFailed(failed))
  const names = plan.changed.map((cell) => cell.name).filter((name) => !failedDownloads.has(name))
  const children = batches(names).map((cells) => {
    const parameters: IndexPublicParameters = { cells }
    return { jobType: INDEX_PUBLIC_ENCS, parameters, weight: cells.length }
  })
  const result: RefreshResult = {
    checked,
    downloaded,
    indexed: 0,
    unchanged,
    cancelled: plan.cancelled.length,
    withdrawn: plan.withdrawn.length,
    failed,
    bytes,
  }
  const failWhen = { field: 'failed', reaches: changed, message: allFailed(changed) }
  return new FanOut(children, {
    onChildFailure: 'fail',
    result,
    totals: { sum: ['indexed', 'cancelled', 'failed'], missing: 'failed', failWhen, errors: true },
  })
}

/** Cells without a zip. A retried index step tries them again: it downloads missing zips. */
function stillFailed(plan: StoredPlan, step: StepContext): Set<string> {
  return new Set(step.attempt > 1 ? [] : plan.failedDownloads)
}

/** Removes cells that the catalogue has cancelled or withdrawn. */
async function removeCells(
  { storage }: RefreshPublicChartsOptions,
  { log, signal }: JobContext,
  step: StepContext,
  plan: StoredPlan,
): Promise<void> {
  for (const [names, why] of [
    [plan.cancelled, 'is cancelled'],
    [plan.withdrawn, 'is no longer in the catalogue'],
  ] as const) {
    for (const name of names) {
      signal.throwIfAborted()
      const removed = await step.transaction((trx) => removePublicCell(trx, SOURCE, name))
      for await (const { key } of storage.list(cellPrefix(name))) await storage.delete(key)
      if (removed) log.info(`${name} ${why} and was removed`)
    }
  }
}

function allFailed(cells: number): string {
  return cells === 1
    ? 'the only changed cell failed; see the log'
    : `all ${cells} changed cells failed; see the log for each of them`
}

function logPlan(log: JobLog, plan: RefreshPlan, indexed: number): void {
  const bytes = plan.changed.reduce((sum, cell) => sum + (cell.zipSize ?? 0), 0)
  log.info(
    `${counted(plan.checked, 'cell')} checked: ${plan.changed.length} new or changed${bytes > 0 ? ` (${megabytes(bytes)})` : ''}, ${plan.unchanged} unchanged, ` +
      `${plan.cancelled.length} cancelled, ${plan.withdrawn.length} withdrawn`,
  )
  if (plan.checked === 0) log.warning('The filter (PUBLIC_CHARTS_FILTER) selects no cell of the catalogue')
  if (plan.beyondFilter > 0) {
    log.info(`${counted(plan.beyondFilter, 'cell')} outside the filter were indexed earlier and are kept up to date`)
  }
  if (plan.lacking.length > 0) {
    log.warning(
      `The catalogue lacks ${plan.lacking.length} of the ${indexed} indexed cells, more than a fifth. It may be damaged, ` +
        'so none of them is removed before three successive catalogues of different dates lack it',
    )
  }
  if (plan.older.length > 0) {
    const more = plan.older.length > 5 ? ` and ${plan.older.length - 5} more` : ''
    log.warning(
      `The catalogue lists older versions of ${counted(plan.older.length, 'cell')}: ${plan.older.slice(0, 5).join(', ')}${more}. ` +
        'The newer ones stay (PUBLIC_CHARTS_ALLOW_DOWNGRADE=true replaces them)',
    )
  }
}

/** Deletes what interrupted jobs left. Only one refresh runs at a time, so every other plan is a leftover. */
async function deleteLeftovers(storage: BlobStore, jobId: string): Promise<void> {
  await storage.sweep(HALF_WRITTEN_AGE)
  for await (const { key } of storage.list(PLAN_PREFIX)) if (key !== planKey(jobId)) await storage.delete(key)
}

/** Deletes zips that no cell uses and the plan does not need: superseded versions that could never be indexed. */
async function deleteUnusedZips(
  storage: BlobStore,
  stored: ReadonlySet<string>,
  plan: RefreshPlan,
  inUse: ReadonlySet<string>,
  markers: readonly string[],
): Promise<void> {
  const keep = new Set([...inUse, ...markers, ...plan.changed.map((cell) => cell.key)])
  for (const key of stored) if (!keep.has(key)) await storage.delete(key)
}
