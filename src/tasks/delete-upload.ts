import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import type { CellReader } from '#charts/reading/cell-reader.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { visibleVersion } from '#charts/uploads/cell-outcome-store.ts'
import { cellNames } from '#charts/uploads/plan-store.ts'
import { restoreCell } from '#charts/uploads/read-uploaded-cell.ts'
import { removeUnsharedCells } from '#charts/uploads/remove-upload-cells.ts'
import type { S63 } from '#charts/uploads/s63.ts'
import { deletedUpload, deleteUploadRow } from '#charts/uploads/upload-store.ts'
import type { Db } from '#db/database.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { integerOf } from '#jobs/model/read-parameters.ts'
import { treeIsActive } from '#jobs/read/tree-logs.ts'
import { CancelledError, CancelledWithResult } from '#jobs/run/stop-reasons.ts'
import { chunks } from '#lib/chunks.ts'
import type { Clock } from '#lib/clock.ts'
import { counted } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export interface DeleteUploadOptions {
  db: Db
  storage: BlobStore
  reader: SharedCellReader
  clock: Clock
  s63: S63 | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
  /** Cancels a job and its descendants. */
  cancel(jobId: string, reason: string): Promise<unknown>
}

interface DeleteUploadParameters {
  uploadId: number
}

/** Counts of cells. */
export interface DeleteUploadResult extends Record<string, unknown> {
  removed: number
  /** Cells whose version from an older upload is shown again. */
  restored: number
}

/** How often jobs that are stopping are checked, in milliseconds. */
const WAIT = 200
/** Cells removed in one transaction. */
const BATCH = 200

/**
 * Deletes an upload that is already hidden: stops its jobs, removes its cells (or restores the version of an older upload), and
 * deletes the file.
 */
export function deleteUpload(options: DeleteUploadOptions): JobType<DeleteUploadParameters, DeleteUploadResult> {
  const { db, storage, clock } = options
  return {
    name: 'delete-upload',
    queue: 'light',
    creatable: false,
    exclusive: false,
    steps: [
      { name: 'step_stop_jobs', weight: 0.2 },
      { name: 'step_remove_cells', weight: 0.8 },
    ],
    parse: (parameters) => ({ uploadId: integerOf(parameters, 'uploadId') }),
    async run(job) {
      const { uploadId } = job.parameters
      const upload = await deletedUpload(db, uploadId)
      // An interrupted run may already have deleted everything.
      if (upload === null) return { removed: 0, restored: 0 }
      const names = await cellNames(db, uploadId)
      const count = { removed: 0, restored: 0, remaining: names.length }
      try {
        await job.step('step_stop_jobs', async () => {
          const { jobId } = upload
          if (jobId === null || !(await treeIsActive(db, jobId))) return null
          job.log.info('Stopping the jobs of the upload')
          await options.cancel(jobId, 'the upload was deleted')
          while (await treeIsActive(db, jobId)) await clock.sleep(WAIT, job.signal)
          return null
        })
        const result = await job.step('step_remove_cells', (step) =>
          options.reader.use((reader) => removeCells({ ...options, reader }, job, step, upload, names, count)),
        )
        await storage.delete(upload.blobKey)
        await db.transaction().execute((trx) => deleteUploadRow(trx, uploadId))
        job.log.info(
          `${upload.filename} was deleted: ${counted(result.removed, 'cell')} removed, ${result.restored} restored from an older upload`,
        )
        return result
      } catch (error) {
        throw job.signal.reason instanceof CancelledError ? stopped(job, upload, count) : error
      }
    },
  }
}

/** Says what a cancelled deletion leaves behind: the upload is already hidden, so nothing else would tell. */
function stopped(job: JobContext, upload: { filename: string }, count: DeleteUploadResult & { remaining: number }): Error {
  job.log.warning(
    `The deletion of ${upload.filename} was cancelled: ${counted(count.remaining, 'cell')} and the file remain. Delete the upload again or retry this job to finish`,
  )
  return new CancelledWithResult(count)
}

async function removeCells(
  options: Omit<DeleteUploadOptions, 'reader'> & { reader: CellReader },
  job: JobContext,
  step: StepContext,
  upload: { id: number; accountId: number },
  names: readonly string[],
  count: DeleteUploadResult & { remaining: number },
): Promise<DeleteUploadResult> {
  const { db } = options
  const { accountId } = upload
  const shared: string[] = []
  for (const batch of chunks(names, BATCH)) {
    job.signal.throwIfAborted()
    const done = await step.transaction((trx) => removeUnsharedCells(trx, upload, batch))
    count.removed += done.removed
    count.remaining -= batch.length - done.shared.length
    shared.push(...done.shared)
  }
  for (const [i, name] of shared.entries()) {
    job.signal.throwIfAborted()
    const before = await visibleVersion(db, accountId, name)
    const stays = before !== null && !before.uploads.includes(upload.id)
    // A cell that this upload cancelled has no row, and may have to be restored.
    if (!stays) {
      const now = await restoreCell({ ...options, signal: job.signal, transaction: step.transaction }, { accountId, name })
      if (now !== null) {
        count.restored++
        job.log.info(`${name} is restored to edition ${now.edition}, update ${now.update} of an older upload`)
      } else if (before !== null) count.removed++
    }
    count.remaining--
    step.progress((i + 1) / shared.length)
  }
  return { removed: count.removed, restored: count.restored }
}
