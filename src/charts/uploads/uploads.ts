import type { Db } from '#db/database.ts'
import type { Standard } from '#s57/cell.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type CellAfterDeletion, previewDeletion } from './preview-deletion.ts'
import { type ReceivedUpload, receiveUpload, UPLOAD_LIMIT } from './receive-upload.ts'
import { lockUploadFile } from './sweep-uploads.ts'
import { sanitiseFilename } from './upload-name.ts'
import type { CellReport, UploadStatus } from './upload-record.ts'
import {
  countUploads,
  holdOwner,
  insertUpload,
  type ListedUpload,
  listCellReports,
  listUploads,
  markAllDeleted,
  markDeleted,
  type NewUpload,
  nextUploadId,
  type ReportsPage,
} from './upload-store.ts'

/** Uploads as the HTTP server needs them. The caller creates the jobs that process an upload. */
export interface Uploads {
  /** Largest upload in bytes. */
  readonly limit: number
  /** The S-63 user permit of this server; null without an S-63 identity. */
  readonly userPermit: string | null
  /**
   * Stores a file as it streams in.
   *
   * @param filename as sent. @throws AppError UPLOAD_TYPE, UPLOAD_TOO_LARGE (400), STORAGE_FULL (507).
   */
  receive(filename: string, content: AsyncIterable<Uint8Array>): Promise<ReceivedUpload & { filename: string }>
  /** Deletes a received file whose upload could not be recorded. */
  discard(blobKey: string): Promise<void>
  /** Reserves the id of an upload. */
  nextId(): Promise<number>
  /**
   * Records an upload in the transaction that creates its job.
   *
   * @throws AppError UPLOAD_INCOMPLETE (400) when its file is gone; TOKEN_INVALID (401) when the user or the account was deleted.
   */
  record(trx: Db, upload: NewUpload): Promise<void>
  /** A page of the account's uploads, newest first. */
  list(accountId: number, page: { limit: number; offset: number; status?: UploadStatus | undefined }): Promise<ListedUpload[]>
  /** How many uploads the account has, in one state or in all. */
  count(accountId: number, status: UploadStatus | undefined): Promise<number>
  /** One upload; null when the account has no such upload. */
  find(accountId: number, id: number): Promise<ListedUpload | null>
  /** Hides an upload in the transaction that creates the job which deletes it. */
  markDeleted(trx: Db, accountId: number, id: number, jobId: string): Promise<'marked' | 'already' | 'gone'>
  /** Hides every upload of an account in the transaction that creates the job which deletes the account. */
  markAllDeleted(trx: Db, accountId: number, jobId: string): Promise<void>
  /** What deleting an upload would change, by cell; null when the account has no such upload. */
  previewDeletion(accountId: number, id: number): Promise<CellAfterDeletion[] | null>
  /** A page of the reports on an upload's cells; null when the account has no such upload. */
  reports(accountId: number, id: number, page: ReportsPage): Promise<{ cells: CellReport[]; total: number } | null>
}

export interface UploadsOptions {
  db: Db
  storage: BlobStore
  userPermit: string | null
  limit?: number
  /** Which of two twins is drawn. */
  preferStandard?: Standard
}

export function createUploads(options: UploadsOptions): Uploads {
  const { db, storage, userPermit, limit = UPLOAD_LIMIT, preferStandard = 's101' } = options
  return {
    limit,
    userPermit,
    async receive(given, content) {
      const filename = sanitiseFilename(given)
      return { filename, ...(await receiveUpload(storage, filename, content, limit)) }
    },
    discard: async (blobKey) => void (await storage.delete(blobKey)),
    nextId: () => nextUploadId(db),
    async record(trx, upload) {
      await lockUploadFile(trx, storage, upload.blobKey)
      await holdOwner(trx, upload)
      await insertUpload(trx, upload)
    },
    list: (accountId, page) => listUploads(db, accountId, page),
    count: (accountId, status) => countUploads(db, accountId, status),
    find: async (accountId, id) => (await listUploads(db, accountId, { limit: 1, offset: 0, id }))[0] ?? null,
    markDeleted,
    markAllDeleted,
    previewDeletion: (accountId, id) => previewDeletion(db, accountId, id),
    reports: (accountId, id, page) => listCellReports(db, accountId, id, page, preferStandard),
  }
}
