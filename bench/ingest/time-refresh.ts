import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import type { Database } from '#db/database.ts'
import { createJobs } from '#jobs/jobs.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { jobReaches } from '#test/jobs.ts'
import type { IngestMirror } from './ingest-mirror.ts'

export interface RefreshTimes {
  /** Seconds of the index step, from the first zip to the last visible cell. */
  index: number
  /** Seconds of the whole job, which also reads the catalogue and copies the zips. */
  whole: number
  /** Processor seconds of this process and its threads, without PostgreSQL. */
  processor: number
}

/** Refreshes an empty database from a mirror with the real job, engine and storage. */
export async function timeRefresh(
  { db, url }: Database,
  mirror: IngestMirror,
  workers: number,
  folder: string,
): Promise<RefreshTimes> {
  const blobs = await mkdtemp(path.join(folder, 'blobs-'))
  const type = refreshPublicCharts({
    db,
    storage: createFolderStore(blobs),
    clock: systemClock,
    catalogueUrl: pathToFileURL(path.join(mirror.folder, 'ENCProdCat.xml')),
    filter: null,
    workers,
    reader: createSharedCellReader(() => createCellReader({ threads: workers })),
    version: '0.0.0-bench',
  })
  const concurrency = { import: workers, maintenance: 1, light: 4, export: 1 }
  const options = { names: [type.name], types: [type], log: silentLog(), soleWorker: true }
  const jobs = createJobs({ db, url, clock: systemClock, concurrency, ...options })
  await jobs.start()
  try {
    const cpu = process.cpuUsage()
    const { jobId } = await jobs.create({ jobType: type.name, accountId: null })
    const job = await jobReaches(jobs, jobId, undefined, 200_000)
    const { user, system } = process.cpuUsage(cpu)
    if (job.result?.['indexed'] !== mirror.cells) throw new Error(JSON.stringify(job.logs))
    const step = job.steps.find((each) => each.stepName === 'step_index_noaa')!
    return {
      index: (step.completedAt! - step.startedAt!) / 1e3,
      whole: (step.completedAt! - job.steps[0]!.startedAt!) / 1e3,
      processor: (user + system) / 1e6,
    }
  } finally {
    await jobs.close()
    await rm(blobs, { recursive: true, force: true })
  }
}
