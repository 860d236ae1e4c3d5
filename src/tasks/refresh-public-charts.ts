import { CatalogueError } from '#charts/catalogue/catalogue-error.ts'
import { CatalogueUnreachableError } from '#charts/refresh/fetch-catalogue.ts'
import { refreshPlanKey } from '#charts/refresh/public-keys.ts'
import { readPlan } from '#charts/refresh/stored-plan.ts'
import { noaa } from '#charts/sources/noaa.ts'
import { FanOut, type JobContext, type JobType, type StepContext } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import { PermanentError } from '#lib/errors.ts'
import { counted, duration } from '#lib/quantities.ts'
import { batches, INDEX_PUBLIC_ENCS, type IndexPublicParameters } from './index-public-encs.ts'
import type { RefreshPublicChartsOptions } from './refresh-options.ts'
import {
  AllFailedError,
  allFailed,
  type DownloadCounts,
  downloadStep,
  type IndexCounts,
  indexStep,
  removeCells,
  type SourceOptions,
  stillFailed,
} from './refresh-source.ts'

/** Counts of cells, except `bytes`, the bytes downloaded. checked = unchanged + indexed + cancelled + failed; withdrawn are extra. */
export interface RefreshCounts extends Record<string, unknown> {
  checked: number
  downloaded: number
  indexed: number
  unchanged: number
  cancelled: number
  withdrawn: number
  failed: number
  bytes: number
}

/** The counts of all sources; with several, also those of each, with the reason why one was left out. */
export interface RefreshResult extends RefreshCounts {
  sources?: Record<string, RefreshCounts & { error?: string }>
}

/** The result of a step whose source cannot be used while others can. */
interface Trouble {
  trouble: string
}

/** A source whose cells child jobs index. */
interface SharedSource {
  options: SourceOptions
  download: DownloadCounts
}

/**
 * Brings the public charts up to date with the catalogues of their sources, or copies of them. Fails only when no catalogue can be read, or
 * when every changed cell failed. A single broken cell is logged, keeps its last good version, and is retried by the next refresh. The same
 * goes for the cells of a source that cannot be reached while another can. This holds both for one job and for child jobs (`shared`), which
 * index NOAA's cells.
 */
export function refreshPublicCharts(options: RefreshPublicChartsOptions): JobType<unknown, RefreshResult> {
  const others = options.otherSources ?? []
  const sources: SourceOptions[] = [{ source: noaa, catalogueUrl: options.catalogueUrl }, ...others].map((configured) => ({
    ...options,
    ...configured,
  }))
  const names = sources.flatMap(({ source }) => [`step_download_${source.id}`, `step_index_${source.id}`])
  const last = `step_index_${noaa.id}`
  // The step that child jobs finish comes last.
  const steps = options.shared ? [...names.filter((name) => name !== last), last] : names
  return {
    name: 'refresh-public-charts',
    queue: 'import',
    creatable: true,
    exclusive: true,
    steps: steps.map((name) => ({ name, weight: weightOf(name, others.length) })),
    parse: noParameters,
    async run(job) {
      const began = options.clock.monotonic()
      const counts = new Map<string, RefreshCounts & { error?: string }>()
      let shared: SharedSource | null = null
      for (const one of sources) {
        const othersFailed: boolean = shared === null && [...counts.values()].every(({ error }) => error !== undefined)
        const mustWork: boolean = one === sources.at(-1) && othersFailed
        const download: DownloadCounts | Trouble = await tryStep(job, one, mustWork, 'step_download', (step) =>
          downloadStep(one, job, step),
        )
        if (options.shared && one.source.id === noaa.id && !('trouble' in download)) {
          shared = { options: one, download }
          continue
        }
        const index: IndexCounts | (Trouble & Partial<IndexCounts>) =
          'trouble' in download ? download : await tryStep(job, one, mustWork, 'step_index', (step) => indexStep(one, job, step))
        counts.set(one.source.id, countsOf(download, index))
        await options.storage.delete(refreshPlanKey(job.jobId, one.source.id))
      }
      if (shared !== null) return await job.openStep(last, (step) => shareIndexing(shared, job, step, counts))
      const result = { ...sumOf([...counts.values()]), ...(others.length > 0 && { sources: Object.fromEntries(counts) }) }
      job.log.info(
        `Done after ${duration(options.clock.monotonic() - began)}: ${counted(result.indexed, 'cell')} indexed, ${result.unchanged} unchanged, ` +
          `${result.cancelled} cancelled, ${result.withdrawn} withdrawn, ${result.failed} failed`,
      )
      return result
    },
  }
}

/** NOAA has most of the cells, so its steps have most of the progress. */
function weightOf(name: string, others: number): number {
  const share = others === 0 ? 1 : name.endsWith(`_${noaa.id}`) ? 0.8 : 0.2 / others
  return share / 2
}

/** Runs a step of a source; one that cannot be used is logged and left out, unless no other could be used (`mustWork`). */
async function tryStep<T extends object>(
  job: JobContext,
  { source }: SourceOptions,
  mustWork: boolean,
  name: string,
  work: (step: StepContext) => Promise<T>,
): Promise<T | (Trouble & Partial<IndexCounts>)> {
  return await job.step(`${name}_${source.id}`, async (step) => {
    try {
      return await work(step)
    } catch (error) {
      const isOfSource =
        error instanceof CatalogueError || error instanceof CatalogueUnreachableError || error instanceof AllFailedError
      if (!isOfSource || mustWork) throw error
      job.log.warning(`${source.name}: ${error.message}. Its charts stay as they are`)
      return { trouble: error.message, ...(error instanceof AllFailedError && error.counts) }
    }
  })
}

function countsOf(
  download: DownloadCounts | Trouble,
  index: IndexCounts | (Trouble & Partial<IndexCounts>),
): RefreshCounts & { error?: string } {
  const { checked, downloaded, unchanged, bytes } =
    'trouble' in download ? { checked: 0, downloaded: 0, unchanged: 0, bytes: 0 } : download
  const { indexed = 0, cancelled = 0, listedCancelled = 0, withdrawn = 0, failed = 0 } = index
  return {
    ...{ checked, downloaded, indexed, unchanged, cancelled: cancelled + listedCancelled, withdrawn, failed, bytes },
    ...('trouble' in index && { error: index.trouble }),
  }
}

function sumOf(counts: readonly RefreshCounts[]): RefreshCounts {
  const sum = (of: (each: RefreshCounts) => number) => counts.reduce((total, each) => total + of(each), 0)
  return {
    checked: sum(({ checked }) => checked),
    downloaded: sum(({ downloaded }) => downloaded),
    indexed: sum(({ indexed }) => indexed),
    unchanged: sum(({ unchanged }) => unchanged),
    cancelled: sum(({ cancelled }) => cancelled),
    withdrawn: sum(({ withdrawn }) => withdrawn),
    failed: sum(({ failed }) => failed),
    bytes: sum(({ bytes }) => bytes),
  }
}

/**
 * Hands NOAA's cells to child jobs; the last to end adds up their counts and settles this job (jobs/tree/job-tree.ts).
 *
 * @param counts of the other sources, whose cells are indexed.
 */
async function shareIndexing(
  { options, download }: SharedSource,
  job: JobContext,
  step: StepContext,
  counts: ReadonlyMap<string, RefreshCounts & { error?: string }>,
): Promise<FanOut> {
  const plan = await readPlan(options.storage, refreshPlanKey(job.jobId, options.source.id))
  await removeCells(options, job, step, plan)
  const changed = plan.changed.length
  const failedDownloads = stillFailed(plan, step)
  const failed = failedDownloads.size
  const otherWorks = [...counts.values()].some(({ error }) => error === undefined)
  if (failed > 0 && failed === changed && !otherWorks) throw new PermanentError(allFailed(failed))
  const names = plan.changed.map((cell) => cell.name).filter((name) => !failedDownloads.has(name))
  const children = batches(names).map((cells) => {
    const parameters: IndexPublicParameters = { cells }
    return { jobType: INDEX_PUBLIC_ENCS, parameters, weight: cells.length }
  })
  const { cancelled, withdrawn } = plan
  const removed = { listedCancelled: cancelled.length, withdrawn: withdrawn.length }
  const own = countsOf(download, { ...removed, indexed: 0, cancelled: 0, failed })
  const result: RefreshResult = {
    ...sumOf([own, ...counts.values()]),
    ...(counts.size > 0 && { sources: { [options.source.id]: own, ...Object.fromEntries(counts) } }),
  }
  const others = sumOf([...counts.values()])
  const failWhen = { field: 'failed', reaches: changed + others.failed, message: allFailed(changed) }
  return new FanOut(children, {
    onChildFailure: 'fail',
    result,
    totals: {
      ...{ sum: ['indexed', 'cancelled', 'failed'], missing: 'failed', errors: true },
      ...(counts.size > 0 && { within: ['sources', options.source.id] }),
      ...(otherWorks ? {} : { failWhen }),
    },
  })
}
