import { NO_IDENTITY, type SignatureRules } from '#charts/reading/cell-opening.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { pendingCells, storePlan } from '#charts/uploads/plan-store.ts'
import { planUpload } from '#charts/uploads/plan-upload.ts'
import { cellsForPermits, type S63 } from '#charts/uploads/s63.ts'
import { findUpload, type StoredUpload } from '#charts/uploads/upload-store.ts'
import type { Db } from '#db/database.ts'
import { FanOut, type JobContext, type JobType, type NewChild, type StepContext } from '#jobs/model/job-type.ts'
import { integerOf } from '#jobs/model/read-parameters.ts'
import { PermanentError } from '#lib/errors.ts'
import { counted, megabytes } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { IndexCustomEncsParameters } from './index-custom-encs.ts'

export interface UserUploadOptions {
  db: Db
  storage: BlobStore
  reader: SharedCellReader
  s63: S63 | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
}

interface UserUploadParameters {
  uploadId: number
}

export interface UserUploadResult extends Record<string, unknown> {
  /** The number of cells in the upload. */
  cells: number
  permits: number
}

/** The most cells and bytes that one child job reads: large enough to be cheap, small enough to show progress. */
const BATCH_CELLS = 50
const BATCH_BYTES = 32 * 1024 * 1024

/**
 * Reads an upload's contents and plans it; child jobs then read the cells in batches. The upload fails when any of its cells does,
 * so that a missing chart is noticed; the other cells are visible nevertheless.
 */
export function userUpload(options: UserUploadOptions): JobType<UserUploadParameters, UserUploadResult> {
  return {
    name: 'user-upload',
    queue: 'import',
    creatable: false,
    exclusive: false,
    // The child jobs do nearly all of the work, so nearly all of the progress is theirs.
    steps: [
      { name: 'step_unpack', weight: 1 },
      { name: 'step_index_cells', weight: 9 },
    ],
    parse: (parameters) => ({ uploadId: integerOf(parameters, 'uploadId') }),
    async run(job) {
      const { uploadId } = job.parameters
      const upload = await findUpload(options.db, uploadId)
      if (upload === null) throw new PermanentError('the upload has been deleted')
      const result = await job.step('step_unpack', (step) => unpackStep(options, job, step, upload))
      const children = batches(upload, await pendingCells(options.db, uploadId))
      if (result.permits > 0) {
        for (const [id, cells] of await cellsForPermits(options.db, uploadId)) {
          const other = id === uploadId ? upload : await findUpload(options.db, id)
          if (other !== null) children.push(...batches(other, cells))
        }
      }
      const plan = new FanOut(children, { onChildFailure: 'fail', result })
      return children.length === 0 ? plan : await job.openStep('step_index_cells', async () => plan)
    },
  }
}

async function unpackStep(
  { storage, reader, s63, signatureRules }: UserUploadOptions,
  { log, signal }: JobContext,
  step: StepContext,
  upload: StoredUpload,
): Promise<UserUploadResult> {
  log.info(`Reading ${upload.filename} (${megabytes(upload.fileSize)})`)
  const plan = await planUpload({ storage, reader, rules: signatureRules, signal }, upload)
  for (const { level, message } of plan.notes) log[level](message)
  if (plan.permits.length > 0 && s63 === null) {
    if (plan.cells.length === 0) throw new PermanentError(NO_IDENTITY)
    log.warning(`Permits skipped: ${NO_IDENTITY}`)
  }
  const installed = await step.transaction(async (trx) => {
    await storePlan(trx, upload, plan)
    if (plan.permits.length === 0 || s63 === null) return null
    const { permits, problems } = await s63.install(trx, upload, plan.permits)
    // The charts beside such permits may be unencrypted or have an earlier permit.
    if (permits === 0 && plan.cells.length === 0) throw new PermanentError(`no permit is usable: ${problems[0]}`)
    return { permits, problems }
  })
  for (const problem of installed?.problems ?? []) log.warning(problem)
  if (installed?.permits === 0) log.warning('No permit of this upload is usable')
  else if (installed !== null) log.info(`Installed ${counted(installed.permits, 'permit')}`)
  const updates = plan.files.filter((file) => file.role === 'cell' && (file.number ?? 0) > 0).length
  if (plan.cells.length > 0) log.info(`Indexing ${counted(plan.cells.length, 'cell')} with ${counted(updates, 'update')}`)
  return { cells: plan.cells.length, permits: installed?.permits ?? 0 }
}

/** Splits an upload's cells into child jobs; a batch's share of the progress is its size in bytes. */
function batches({ id, filename }: StoredUpload, cells: readonly { name: string; bytes: number }[]): NewChild[] {
  const children: NewChild[] = []
  let batch: string[] = []
  let bytes = 0
  for (const cell of cells) {
    if (batch.length > 0 && (batch.length >= BATCH_CELLS || bytes + cell.bytes > BATCH_BYTES)) flush()
    batch.push(cell.name)
    bytes += cell.bytes
  }
  if (batch.length > 0) flush()
  return children

  function flush(): void {
    const parameters: IndexCustomEncsParameters & { filename: string } = { uploadId: id, filename, cells: batch }
    children.push({ jobType: 'index-custom-encs', parameters, weight: Math.max(1, bytes) })
    batch = []
    bytes = 0
  }
}
