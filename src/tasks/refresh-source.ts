import { sweepCompiled } from '#charts/cells/compiled-store.ts'
import { listPublicCells, removePublicCell } from '#charts/cells/public-cells.ts'
import { forgetOtherFailures, recordFailures } from '#charts/cells/public-failures.ts'
import { confirmLacking } from '#charts/refresh/confirm-lacking.ts'
import { downloadZips } from '#charts/refresh/download-zips.ts'
import { fetchCatalogue } from '#charts/refresh/fetch-catalogue.ts'
import { planRefresh, type RefreshPlan } from '#charts/refresh/plan-refresh.ts'
import { cancelledKey, cellPrefix, PLAN_PREFIX, refreshPlanKey, sourcePrefix } from '#charts/refresh/public-keys.ts'
import { readPlan, type StoredPlan } from '#charts/refresh/stored-plan.ts'
import { defaultTransferSettings } from '#charts/refresh/transfer-settings.ts'
import type { ConfiguredSource } from '#charts/sources/chart-source.ts'
import { shownAddress } from '#charts/transfer/shown-address.ts'
import type { JobContext, JobLog, StepContext } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { counted, duration, megabytes } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { indexWanted } from './index-public-encs.ts'
import type { RefreshPublicChartsOptions } from './refresh-options.ts'

/** What the steps of a source need. */
export type SourceOptions = RefreshPublicChartsOptions & ConfiguredSource

/** The result of the download step: counts for the index step, which reads the rest from the storage under `refreshPlanKey`. */
export interface DownloadCounts {
  checked: number
  downloaded: number
  unchanged: number
  failed: number
  bytes: number
}

/** The result of the index step. */
export interface IndexCounts {
  listedCancelled: number
  withdrawn: number
  indexed: number
  cancelled: number
  failed: number
}

/** Every changed cell of a source failed. */
export class AllFailedError extends PermanentError {
  override readonly name = 'AllFailedError'
  readonly counts: IndexCounts

  constructor(counts: IndexCounts) {
    super(allFailed(counts.failed))
    this.counts = counts
  }
}

const CATALOGUE_SHARE = 0.05
const HALF_WRITTEN_AGE = 60 * 60_000

/**
 * Compares the catalogue of a source with its indexed cells, downloads the changed zips and stores the plan of the refresh.
 *
 * @throws CatalogueError, CatalogueUnreachableError when its catalogue cannot be read.
 */
export async function downloadStep(options: SourceOptions, job: JobContext, step: StepContext): Promise<DownloadCounts> {
  const { storage, clock, source, catalogueUrl } = options
  const { log, signal } = job
  const settings = { ...defaultTransferSettings(options.version), ...options.transfer }
  await deleteLeftovers(storage, job.jobId)
  await sweepCompiled(options.db, storage, signal)

  log.info(`Reading the catalogue from ${shownAddress(catalogueUrl)}`)
  const read = await fetchCatalogue({
    url: catalogueUrl,
    source,
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
  for await (const { key } of storage.list(sourcePrefix(source.id))) stored.add(key)
  const indexed = await listPublicCells(options.db, source.id)
  const planned = planRefresh(catalogue, indexed, options.filter, stored, options.allowDowngrade, source)
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const plan = await confirmLacking(options.db, planned, catalogue.validFrom ?? today, source.id)
  logPlan(log, plan, indexed.length)
  await deleteUnusedZips(
    storage,
    stored,
    plan,
    new Set(indexed.map((cell) => cell.blobKey)),
    catalogue.entries.map((cell) => cancelledKey(cell.name, cell, source.id)),
  )

  const wanted = plan.changed.map(({ name }) => name)
  await forgetOtherFailures(options.db, source.id, wanted)
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
  const lost = downloads.failed
  if (lost.length > 0) await step.transaction((trx) => recordFailures(trx, source.id, lost))
  if (downloads.found > 0) log.info(`${counted(downloads.found, 'zip')} from an earlier run reused`)
  if (downloads.downloaded > 0) {
    log.info(
      `Downloaded ${counted(downloads.downloaded, 'zip')}, ${megabytes(downloads.bytes)}, in ${duration(clock.monotonic() - began)}`,
    )
  }

  const { changed, cancelled, withdrawn } = plan
  const toStore: StoredPlan = { changed, cancelled, withdrawn, failedDownloads: downloads.failed.map(({ name }) => name) }
  await storage.put(refreshPlanKey(job.jobId, source.id), new TextEncoder().encode(JSON.stringify(toStore)))
  const { downloaded, bytes, failed } = downloads
  return { checked: plan.checked, unchanged: plan.unchanged, downloaded, bytes, failed: failed.length }
}

/**
 * Removes and indexes cells of a source as planned.
 *
 * @throws AllFailedError when every changed cell failed.
 */
export async function indexStep(options: SourceOptions, job: JobContext, step: StepContext): Promise<IndexCounts> {
  const plan = await readPlan(options.storage, refreshPlanKey(job.jobId, options.source.id))
  await removeCells(options, job, step, plan)
  const failedDownloads = stillFailed(plan, step)
  const wanted = plan.changed.filter((cell) => !failedDownloads.has(cell.name))
  const done = await indexWanted(options, job, step, wanted)
  const failed = failedDownloads.size + done.failed
  const counts = { listedCancelled: plan.cancelled.length, withdrawn: plan.withdrawn.length, ...done, failed }
  // Thrown inside the step, so that a retry runs it again, including the failed downloads.
  if (failed > 0 && failed === plan.changed.length) throw new AllFailedError(counts)
  return counts
}

/** Cells without a zip. A retried index step tries them again: it downloads missing zips. */
export function stillFailed(plan: StoredPlan, step: StepContext): Set<string> {
  return new Set(step.attempt > 1 ? [] : plan.failedDownloads)
}

/** Removes cells that the catalogue has cancelled or withdrawn. */
export async function removeCells(
  { storage, source }: SourceOptions,
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
      const removed = await step.transaction((trx) => removePublicCell(trx, source.id, name))
      for await (const { key } of storage.list(cellPrefix(name, source.id))) await storage.delete(key)
      if (removed) log.info(`${name} ${why} and was removed`)
    }
  }
}

/** Says that every changed cell failed. */
export function allFailed(cells: number): string {
  return cells === 1
    ? 'the only changed cell failed; see the log'
    : `all ${cells} changed cells failed; see the log for each of them`
}

function logPlan(log: JobLog, plan: RefreshPlan, indexed: number): void {
  const bytes = plan.changed.reduce((sum, cell) => sum + (cell.zipSize ?? cell.aboutBytes ?? 0), 0)
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
  for await (const { key } of storage.list(PLAN_PREFIX)) if (!key.startsWith(`${PLAN_PREFIX}${jobId}`)) await storage.delete(key)
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
