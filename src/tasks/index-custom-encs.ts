import { isDataError } from '#charts/cells/public-cells.ts'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import type { CellReader } from '#charts/reading/cell-reader.ts'
import type { SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { type CellResult, reportCell } from '#charts/uploads/cell-outcome-store.ts'
import { stillPending } from '#charts/uploads/plan-store.ts'
import { readUploadedCell } from '#charts/uploads/read-uploaded-cell.ts'
import type { S63 } from '#charts/uploads/s63.ts'
import { findUpload } from '#charts/uploads/upload-store.ts'
import type { Db } from '#db/database.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { integerOf, stringsOf } from '#jobs/model/read-parameters.ts'
import { messageOf, PermanentError } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import { counted } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export interface IndexCustomEncsOptions {
  db: Db
  storage: BlobStore
  reader: SharedCellReader
  s63: S63 | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
  /** The number of cells read at once. */
  workers: number
}

/** Counts of cells. */
export interface IndexCustomEncsResult extends Record<string, unknown> {
  indexed: number
  cancelled: number
  /** Encrypted cells without a permit. */
  waiting: number
}

/** The cells of one upload to read. The job also keeps the upload's file name, for people. */
export interface IndexCustomEncsParameters extends Record<string, unknown> {
  uploadId: number
  cells: string[]
}

/**
 * Reads a batch of an upload's cells and makes each visible in a transaction of its own. A cell that cannot be read does not stop
 * the others, but the job fails at its end, so that a partly failed upload never looks complete. A retry reads only what is
 * missing.
 */
export function indexCustomEncs(options: IndexCustomEncsOptions): JobType<IndexCustomEncsParameters, IndexCustomEncsResult> {
  return {
    name: 'index-custom-encs',
    queue: 'import',
    creatable: false,
    exclusive: false,
    steps: [{ name: 'step_index_cells', weight: 1 }],
    parse: (parameters) => ({ uploadId: integerOf(parameters, 'uploadId'), cells: stringsOf(parameters, 'cells') }),
    run: (job) =>
      job.step('step_index_cells', (step) => options.reader.use((reader) => indexBatch({ ...options, reader }, job, step))),
  }
}

async function indexBatch(
  options: Omit<IndexCustomEncsOptions, 'reader'> & { reader: CellReader },
  job: JobContext<IndexCustomEncsParameters>,
  step: StepContext,
): Promise<IndexCustomEncsResult> {
  const { uploadId, cells: all } = job.parameters
  const upload = await findUpload(options.db, uploadId)
  if (upload === null) throw new PermanentError('the upload has been deleted')
  const { accountId } = upload
  const names = await stillPending(options.db, uploadId, all)
  if (names.length < all.length) job.log.info(`Already read: ${counted(all.length - names.length, 'cell')}`)
  const count = { indexed: all.length - names.length, cancelled: 0, waiting: 0 }
  const failed: string[] = []
  const late: string[] = []
  let done = 0
  await forEachLimited(names, { concurrency: options.workers, signal: job.signal }, async (name, stopping) => {
    const result = await read(name, stopping)
    if (result.late === true) late.push(name)
    if (result.state === 'failed') failed.push(name)
    else count[result.state]++
    logResult(job, name, result)
    step.progress(++done / names.length)
  })
  if (failed.length > 0) {
    const first = failed.sort().slice(0, 5).join(', ')
    const more = failed.length > 5 ? ` and ${failed.length - 5} more` : ''
    const usable = all.length - failed.length
    const message = `${counted(failed.length, 'cell')} could not be used: ${first}${more}; see the log. ${usable} of ${all.length} can be used`
    // A cell that timed out may succeed on another try.
    throw late.length > 0 ? new Error(message) : new PermanentError(message)
  }
  return count

  async function read(name: string, signal: AbortSignal): Promise<CellResult> {
    const cell = { accountId, uploadId, name }
    try {
      return await readUploadedCell({ ...options, signal, transaction: step.transaction }, cell)
    } catch (error) {
      if (!isDataError(error)) throw error
      const errors = [`it has a value that the database cannot store (${messageOf(error)})`]
      const nothing = { summary: null, encrypted: null, decryptResult: null, permitExpires: null, warnings: [] }
      const result: CellResult = { ...nothing, state: 'failed', errors }
      await step.transaction((trx) => reportCell(trx, uploadId, name, result))
      return result
    }
  }
}

function logResult({ log }: JobContext, name: string, { state, summary, warnings, errors }: CellResult): void {
  switch (state) {
    case 'failed':
      log.error(`${name} could not be used: ${errors[0]}`)
      return
    case 'waiting':
      log.warning(`${name} is encrypted and waits for a permit`)
      return
    case 'cancelled':
      log.info(`${name} is cancelled by its producer and was removed`)
      return
    case 'indexed': {
      if (warnings.length > 0)
        log.warning(`${name} was read with ${counted(warnings.length, 'warning')}, the first: ${warnings[0]}`)
      if (summary === null) return
      const scale = `1:${summary.compilationScale.toLocaleString('en-US')}`
      const version = `edition ${summary.edition}, update ${summary.update}`
      log.info(`${name} indexed: ${version}, ${scale}, ${counted(summary.featureCount, 'feature')}`)
    }
  }
}
