import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CatalogueFilter } from '#charts/catalogue/catalogue-filter.ts'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import type { TransferSettings } from '#charts/refresh/transfer-settings.ts'
import { usace } from '#charts/sources/usace.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { systemClock } from '#lib/clock.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { jobReaches, startTestJobs } from './jobs.ts'

export interface RefreshBench {
  database: TestDatabase
  storage: BlobStore
  /** A temporary folder for mirrors and other files. */
  folder: string
  /** Runs one refresh under the real engine, to its end. */
  refresh(catalogueUrl: string | URL, options?: RefreshOptions): Promise<JobRecord>
  [Symbol.asyncDispose](): Promise<void>
}

export interface RefreshOptions {
  filter?: CatalogueFilter
  transfer?: Partial<TransferSettings>
  allowDowngrade?: boolean
  /** The catalogue of the inland charts; none without it. */
  inlandUrl?: string | URL
  /** Runs before the job is retried; without it, the job is not. */
  retryAfter?: () => Promise<void>
}

const MEGABYTE = 1024 * 1024

/** Retries without waiting, so that tests of failures are fast. */
export const IMPATIENT: Partial<TransferSettings> = {
  retry: { attempts: 3, baseMilliseconds: 1, maximumMilliseconds: 2 },
  catalogue: { answerMilliseconds: 120_000, stallMilliseconds: 120_000, totalMilliseconds: 120_000, maximumBytes: 16 * MEGABYTE },
  zip: { answerMilliseconds: 120_000, stallMilliseconds: 120_000, totalMilliseconds: 120_000, maximumBytes: 16 * MEGABYTE },
}

/** A database, a storage and the engine for tests of refreshes; disposing it removes them. */
export async function createRefreshBench(): Promise<RefreshBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-refresh-'))
  const database = await createTestDatabase()
  const storage = createFolderStore(path.join(folder, 'blobs'))
  return {
    database,
    storage,
    folder,
    async refresh(catalogueUrl, { filter, transfer, allowDowngrade = false, inlandUrl, retryAfter } = {}) {
      const type = refreshPublicCharts({
        db: database.db,
        storage,
        clock: systemClock,
        catalogueUrl: new URL(catalogueUrl),
        otherSources: inlandUrl === undefined ? [] : [{ source: usace, catalogueUrl: new URL(inlandUrl) }],
        filter: filter ?? null,
        allowDowngrade,
        workers: 2,
        reader: createSharedCellReader(() => createCellReader({ threads: 2 })),
        version: '0.0.0-test',
        transfer: { ...IMPATIENT, ...transfer },
      })
      await using jobs = await startTestJobs(database, [type])
      const { jobId } = await jobs.create({ jobType: type.name, accountId: null })
      const job = await jobReaches(jobs, jobId)
      if (retryAfter === undefined) return job
      await retryAfter()
      await jobs.retry(jobId, null)
      return await jobReaches(jobs, jobId)
    },
    async [Symbol.asyncDispose]() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
