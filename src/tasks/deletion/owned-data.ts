import { type Owner, removeSessions, removeTokens, removeUsers } from '#accounts/administration/remove-rows.ts'
import { removeAccountCells, sweepCompiled } from '#charts/cells/compiled-store.ts'
import { deleteUploadRow, listAccountFiles } from '#charts/uploads/upload-store.ts'
import type { Db } from '#db/database.ts'
import { packKey } from '#exports/export-record.ts'
import { deleteExportRow, selectExports } from '#exports/export-store.ts'
import type { JobContext, StepContext } from '#jobs/model/job-type.ts'
import { deleteEndedTreesOf } from '#jobs/read/account-jobs.ts'
import { repeatBatches } from '#lib/repeat-batches.ts'
import { deleteReportsOf } from '#reports/delete-reports-of.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { removeAccountStyles } from '#styles/remove-account-styles.ts'
import type { TileCache } from '#tiles/cache/tile-cache.ts'
import { belongsTo } from '#tiles/products/owner-mark.ts'
import { removeAccountWebhooks } from '#webhooks/remove-account-webhooks.ts'

/** What removing data needs. */
export interface RemovalParts {
  db: Db
  storage: BlobStore
  cache: TileCache
}

/** One kind of data that belongs to an account. The deleting job removes each kind in a step of its own. */
export interface OwnedData {
  step: string
  /** Share of the job's progress. */
  weight: number
  /** Names the count in the job's result. */
  counts: string
  /** Also removed when only a user is deleted. Everything else stays with the account. */
  ofUsers: boolean
  /**
   * Removes all of it. A crash may repeat the call, and other jobs of the account have stopped.
   *
   * @returns how much there was.
   */
  remove(parts: RemovalParts, owner: Owner, job: JobContext, step: StepContext): Promise<number>
}

/** Cells or jobs removed in one transaction. */
const BATCH = 200

/** Everything that belongs to an account, in the order of its removal. A room with data of accounts adds an entry. */
export const OWNED_DATA: readonly OwnedData[] = [
  {
    step: 'step_remove_cells',
    weight: 3,
    counts: 'cells',
    ofUsers: false,
    remove: (_, { accountId }, { signal }, step) =>
      repeatBatches({ size: BATCH, signal }, () => step.transaction((trx) => removeAccountCells(trx, accountId, BATCH))),
  },
  {
    step: 'step_remove_compiled',
    weight: 2,
    counts: 'compiledFiles',
    ofUsers: false,
    // The step before has made those of the account due; another account may share some.
    remove: async ({ db, storage }, _, { signal }) => (await sweepCompiled(db, storage, signal)).files,
  },
  {
    step: 'step_remove_tiles',
    weight: 1,
    counts: 'tiles',
    ofUsers: false,
    async remove({ cache }, { accountId }, { signal }, step) {
      const only = belongsTo(accountId)
      return (await cache.clear({ only, signal, onProgress: (fraction) => step.progress(fraction) })).tiles
    },
  },
  { step: 'step_remove_uploads', weight: 3, counts: 'uploads', ofUsers: false, remove: removeUploads },
  {
    step: 'step_remove_styles',
    weight: 1,
    counts: 'styles',
    ofUsers: false,
    remove: (_, { accountId }, __, step) => step.transaction((trx) => removeAccountStyles(trx, accountId)),
  },
  { step: 'step_remove_exports', weight: 1, counts: 'exports', ofUsers: false, remove: removeExports },
  {
    step: 'step_remove_webhooks',
    weight: 1,
    counts: 'webhooks',
    ofUsers: false,
    remove: (_, { accountId }, __, step) => step.transaction((trx) => removeAccountWebhooks(trx, accountId)),
  },
  {
    step: 'step_remove_reports',
    weight: 1,
    counts: 'reports',
    ofUsers: true,
    remove: (_, { accountId, userId }, { signal }, step) =>
      removeAll(signal, () => step.transaction((trx) => deleteReportsOf(trx, userId === null ? { accountId } : { userId }))),
  },
  {
    step: 'step_remove_jobs',
    weight: 1,
    counts: 'jobs',
    ofUsers: false,
    remove: (_, { accountId }, { jobId, signal }, step) =>
      repeatBatches({ size: BATCH, signal }, () => step.transaction((trx) => deleteEndedTreesOf(trx, accountId, jobId, BATCH))),
  },
  {
    step: 'step_remove_tokens',
    weight: 1,
    counts: 'tokens',
    ofUsers: true,
    remove: (_, owner, __, step) => step.transaction((trx) => removeTokens(trx, owner)),
  },
  {
    step: 'step_remove_sessions',
    weight: 1,
    counts: 'sessions',
    ofUsers: true,
    remove: (_, owner, __, step) => step.transaction((trx) => removeSessions(trx, owner)),
  },
  {
    step: 'step_remove_users',
    weight: 1,
    counts: 'users',
    ofUsers: true,
    remove: (_, owner, __, step) => step.transaction((trx) => removeUsers(trx, owner)),
  },
]

/** Repeats a deletion of a batch until there is nothing left. @returns how much there was. */
async function removeAll(signal: AbortSignal, removeBatch: () => Promise<number>): Promise<number> {
  let removed = 0
  for (;;) {
    signal.throwIfAborted()
    const count = await removeBatch()
    if (count === 0) return removed
    removed += count
  }
}

/** Deletes each file before its row, so that a crash in between leaves no file without a row. */
async function removeUploads(
  { db, storage }: RemovalParts,
  { accountId }: Owner,
  { signal }: JobContext,
  step: StepContext,
): Promise<number> {
  const uploads = await listAccountFiles(db, accountId)
  for (const [i, { id, blobKey }] of uploads.entries()) {
    signal.throwIfAborted()
    await storage.delete(blobKey)
    await step.transaction((trx) => deleteUploadRow(trx, id))
    step.progress((i + 1) / uploads.length)
  }
  return uploads.length
}

/** As with uploads, each file is deleted before its row. */
async function removeExports({ db, storage }: RemovalParts, { accountId }: Owner, { signal }: JobContext): Promise<number> {
  let removed = 0
  for (;;) {
    const exports = await selectExports(db, accountId)
    if (exports.length === 0) return removed
    for (const { id } of exports) {
      signal.throwIfAborted()
      await storage.delete(packKey(id))
      await deleteExportRow(db, id)
      removed++
    }
  }
}
