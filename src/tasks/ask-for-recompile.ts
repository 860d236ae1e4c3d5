import { forgetCompiled, listCellsToCompile } from '#charts/cells/compiled-store.ts'
import type { Db } from '#db/database.ts'
import type { Jobs } from '#jobs/jobs.ts'
import { AppError, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export interface RecompileRequests {
  /** At the start of the server: queues `recompile-cells` when there are cells without a compiled form of this version. */
  atStart(): Promise<void>
  /**
   * Tells of a compiled cell that could not be loaded (missing, truncated, damaged, of another version): it is compiled again
   * from its source. Never throws: whoever reads charts goes on with the others.
   */
  report(key: string, error: unknown): Promise<void>
}

export function createRecompileRequests(options: { db: Db; storage: BlobStore; jobs: Jobs; log: Log }): RecompileRequests {
  const { db, storage, jobs, log } = options

  async function queue(): Promise<void> {
    try {
      await jobs.create({ jobType: 'recompile-cells', accountId: null })
    } catch (error) {
      // It is queued or running already, and looks again for new cells before it ends.
      if (!(error instanceof AppError && error.code === 'JOB_TYPE_ACTIVE')) throw error
    }
  }

  return {
    async atStart() {
      const cells = await listCellsToCompile(db)
      if (cells.length === 0) return
      log.info({ cells: cells.length }, 'these cells are to be compiled for this version')
      await queue()
    },
    async report(key, error) {
      try {
        log.warn({ key, reason: messageOf(error) }, 'a compiled cell cannot be used and is compiled again')
        if (await forgetCompiled(db, storage, key)) await queue()
      } catch (failure) {
        log.error({ key, err: failure }, 'a damaged compiled cell could not be reported')
      }
    },
  }
}
