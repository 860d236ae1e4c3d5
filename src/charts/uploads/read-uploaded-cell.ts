import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { storeCompiled } from '../cells/compiled-store.ts'
import type { CellOpening, SignatureRules } from '../reading/cell-opening.ts'
import { CellReadError, type CellReader } from '../reading/cell-reader.ts'
import type { UploadedCellOutcome } from '../reading/uploaded-cell-worker.ts'
import { nearness } from '../zip/nearness.ts'
import {
  type CellResult,
  failCell,
  findListed,
  removeAccountCell,
  reportCell,
  upsertAccountCell,
  visibleVersion,
} from './cell-outcome-store.ts'
import { findTexts } from './find-texts.ts'
import type { S63 } from './s63.ts'
import { findStoredCellFiles, lockCell, type StoredCellFile } from './stored-cell-files.ts'

/** What reading an uploaded cell needs. */
export interface UploadedCellOptions {
  db: Db
  storage: BlobStore
  reader: CellReader
  signal: AbortSignal
  /** Null when this server has no S-63 identity. */
  s63: S63 | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
  /** Runs writes in a transaction that fails when the job's claim is lost. */
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>
}

/** How often to read a cell again because another upload has added files of it. */
const TRIES = 20

/**
 * Reads a cell of an upload together with the stored files of older uploads, makes it visible, and writes its report. When two
 * uploads of one cell run at once, the files stored at commit decide which version is visible.
 *
 * @returns the content of the report. A cell that cannot be read keeps its last good version.
 */
export async function readUploadedCell(
  options: UploadedCellOptions,
  cell: { accountId: number; uploadId: number; name: string },
): Promise<CellResult> {
  const { accountId, uploadId, name } = cell
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const stored = await findStoredCellFiles(options.db, accountId, name, uploadId)
    const opening = (await options.s63?.opening(options.db, accountId, name)) ?? null
    const outcome = await readFiles(options, name, stored, uploadId, opening)
    const result = await options.transaction(async (trx) => {
      await lockCell(trx, accountId, name)
      const now = await findStoredCellFiles(trx, accountId, name, uploadId)
      if (!sameFiles(stored, now)) return null
      return await applyOutcome(trx, options.storage, cell, stored, outcome, opening?.expires ?? null)
    })
    if (result !== null) return result
  }
  throw new Error(`${name} could not be read: other uploads of the same cell kept arriving`)
}

/**
 * Rebuilds a cell from the remaining uploads after one was deleted. While they make no chart, marks the newest upload's cell as
 * failed and tries without it.
 *
 * @returns the visible version; null when none is left.
 * @throws CellReadError when only time ran out; MachineFaultError.
 */
export async function restoreCell(
  options: UploadedCellOptions,
  cell: { accountId: number; name: string },
): Promise<{ edition: number; update: number } | null> {
  return await rebuild(options, cell, {
    onNoFiles: async (trx) => void (await removeAccountCell(trx, cell.accountId, cell.name)),
    async onFailure(trx, stored, { message, waiting }) {
      const newest = Math.max(...stored.map((file) => file.upload))
      const why = `no longer usable since another upload was deleted: ${message}`
      await failCell(trx, newest, cell.name, why, waiting === true ? 'waiting' : 'failed')
    },
  })
}

/**
 * Compiles a visible cell again from its uploads. A cell that cannot be read keeps its last good version.
 *
 * @throws CellReadError with the reason; MachineFaultError.
 */
export async function recompileUploadedCell(
  options: UploadedCellOptions,
  cell: { accountId: number; name: string },
): Promise<void> {
  await rebuild(options, cell, {
    onNoFiles() {
      throw new CellReadError(`no upload has the files of ${cell.name}`)
    },
    onFailure(_, __, { message }) {
      throw new CellReadError(message)
    },
  })
}

type FailedReading = Extract<UploadedCellOutcome, { ok: false }>

/** What it means when a cell cannot be rebuilt. */
interface RebuildEvents {
  /** There are no files to read. */
  onNoFiles(trx: Db): Promise<void>
  /** The reading failed; the stored files must differ when this returns. */
  onFailure(trx: Db, stored: readonly StoredCellFile[], outcome: FailedReading): Promise<void>
}

async function rebuild(
  options: UploadedCellOptions,
  cell: { accountId: number; name: string },
  events: RebuildEvents,
): Promise<{ edition: number; update: number } | null> {
  const { accountId, name } = cell
  for (let attempt = 1; attempt <= TRIES; ) {
    const stored = await findStoredCellFiles(options.db, accountId, name, null)
    const opening = (await options.s63?.opening(options.db, accountId, name)) ?? null
    const outcome = stored.length === 0 ? null : await readFiles(options, name, stored, null, opening)
    const step = await options.transaction(async (trx) => {
      await lockCell(trx, accountId, name)
      if (!sameFiles(stored, await findStoredCellFiles(trx, accountId, name, null))) return 'again' as const
      if (outcome === null) {
        await events.onNoFiles(trx)
        return 'done' as const
      }
      if (!outcome.ok) {
        if (outcome.late) throw new CellReadError(outcome.message, { late: true })
        await events.onFailure(trx, stored, outcome)
        return 'failed' as const
      }
      await makeVisible(trx, options.storage, cell, stored, outcome)
      return 'done' as const
    })
    if (step === 'done') return await visibleVersion(options.db, accountId, name)
    if (step === 'again') attempt++
  }
  throw new Error(`${name} could not be restored: other uploads of the same cell kept arriving`)
}

/** Reads the files, and once more after a timeout. */
async function readFiles(...given: Parameters<typeof readFilesOnce>): Promise<UploadedCellOutcome> {
  const outcome = await readFilesOnce(...given)
  return !outcome.ok && outcome.late ? await readFilesOnce(...given) : outcome
}

async function readFilesOnce(
  { storage, reader, signal, signatureRules }: UploadedCellOptions,
  cell: string,
  stored: readonly StoredCellFile[],
  current: number | null,
  opening: CellOpening | null,
): Promise<UploadedCellOutcome> {
  // Two editions in one upload have files, and so signatures, of one name.
  const signatureOf = (file: StoredCellFile) =>
    stored
      .filter((each) => each.role === 'signature' && each.upload === file.upload && each.number === file.number)
      .reduce<StoredCellFile | undefined>((best, each) => {
        return best === undefined || nearness(each.folder, file.folder) > nearness(best.folder, file.folder) ? each : best
      }, undefined)
  const files = stored.filter((file) => file.role === 'cell')
  return await withFiles(storage, [...new Set(files.map((file) => file.blobKey))], (paths) =>
    reader.readUploaded(
      {
        cell,
        current,
        opening,
        signatureRules,
        files: files.map((file) => {
          const { id, upload, name, number, bytes, place, listedCrc, listing, certificates, blobKey } = file
          const path = paths.get(blobKey)
          if (path === undefined) throw new Error(`${blobKey} has no local file`)
          const signed = signatureOf(file)
          const signature = signed === undefined ? null : { path, name: signed.name, bytes: signed.bytes, place: signed.place }
          return { id, upload, name, number, bytes, place, listedCrc, listing, certificates, path, signature }
        }),
      },
      signal,
    ),
  )
}

/** Calls `work` with several blobs as local files, by key. */
async function withFiles<T>(
  storage: BlobStore,
  keys: readonly string[],
  work: (paths: ReadonlyMap<string, string>) => Promise<T>,
  paths: ReadonlyMap<string, string> = new Map(),
): Promise<T> {
  const [key, ...rest] = keys
  if (key === undefined) return await work(paths)
  return await storage.withFile(key, (path) => withFiles(storage, rest, work, new Map([...paths, [key, path]])))
}

type CellOfUpload = { accountId: number; uploadId: number; name: string }

/** Makes the outcome of reading a cell visible and writes its report. @returns the content of the report. */
async function applyOutcome(
  trx: Db,
  storage: BlobStore,
  cell: CellOfUpload,
  stored: readonly StoredCellFile[],
  outcome: UploadedCellOutcome,
  expires: string | null,
): Promise<CellResult> {
  const nothing = { summary: null, encrypted: null, decryptResult: null, permitExpires: null, warnings: [], errors: [] }
  let result: CellResult
  if (!outcome.ok) {
    const encrypted = outcome.encrypted ?? null
    const decryptResult = encrypted ? outcome.message : null
    result = outcome.waiting
      ? { ...nothing, state: 'waiting', encrypted, decryptResult, warnings: [outcome.message] }
      : { ...nothing, state: 'failed', encrypted, decryptResult, errors: [outcome.message], late: outcome.late === true }
  } else {
    const before = await visibleVersion(trx, cell.accountId, cell.name)
    const { summary } = outcome.cell
    if (summary.stoppedBy !== null && before !== null && isOlder(summary, before)) {
      result = { ...nothing, state: 'failed', errors: [summary.stoppedBy] }
      await reportCell(trx, cell.uploadId, cell.name, result)
      return result
    }
    const missing = await makeVisible(trx, storage, cell, stored, outcome)
    const notes = [...summary.warnings, ...versionWarnings(before, cell, stored, outcome), ...missing]
    const { decrypted } = outcome
    const decryption = {
      encrypted: decrypted !== null,
      decryptResult: decrypted,
      permitExpires: decrypted === null ? null : expires,
    }
    result = { ...nothing, state: summary.cancelled ? 'cancelled' : 'indexed', summary, warnings: notes, ...decryption }
  }
  await reportCell(trx, cell.uploadId, cell.name, result)
  return result
}

/** Makes a read cell visible, or removes a cancelled one. @returns warnings. */
async function makeVisible(
  trx: Db,
  storage: BlobStore,
  cell: { accountId: number; name: string },
  stored: readonly StoredCellFile[],
  outcome: UploadedCellOutcome & { ok: true },
): Promise<string[]> {
  const { used } = outcome
  const { summary, compiled } = outcome.cell
  if (compiled === null) {
    await removeAccountCell(trx, cell.accountId, cell.name)
    return []
  }
  const files = stored.filter((file) => used.includes(file.id))
  const uploads = [...new Set(files.map((file) => file.upload))].sort((a, b) => a - b)
  const newest = files.find((file) => file.upload === uploads.at(-1))
  const texts = await findTexts(trx, uploads, cell.name, summary.references)
  const byteSize = files.reduce((sum, file) => sum + file.bytes, 0)
  const { accountId, name } = cell
  const { title, twin } = await findListed(trx, uploads, name)
  await storeCompiled(trx, storage, compiled)
  await upsertAccountCell(trx, {
    accountId,
    title,
    twin: summary.standard === 's101' ? twin : null,
    summary,
    compiled,
    uploads,
    blobKey: newest?.blobKey ?? '',
    byteSize,
    files: texts,
  })
  const found = new Set(texts.map((text) => text.name))
  const missing = summary.references.filter((name) => !found.has(name))
  if (missing.length === 0) return []
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  return [`its features name texts or pictures that no upload contains: ${missing.slice(0, 5).join(', ')}${more}`]
}

/** Warnings about a version that another upload hides, or that hides a newer one. */
function versionWarnings(
  before: { edition: number; update: number } | null,
  cell: CellOfUpload,
  stored: readonly StoredCellFile[],
  { cell: { summary }, used }: UploadedCellOutcome & { ok: true },
): string[] {
  if (summary.stoppedBy === null && !stored.some((file) => file.upload === cell.uploadId && used.includes(file.id))) {
    const own = stored.filter((file) => file.upload === cell.uploadId)
    if (own.every(({ number }) => number > summary.update)) {
      return [
        `its updates came before the base file, which a later upload contains, and are not applied: upload them again if they are for edition ${summary.edition}`,
      ]
    }
    return ['another upload contains a newer version of this cell, which is shown instead']
  }
  if (before === null || summary.cancelled || !isOlder(summary, before)) return []
  return [
    `edition ${summary.edition}, update ${summary.update} replaces the newer edition ${before.edition}, update ${before.update}`,
  ]
}

type CellVersion = { edition: number; update: number }

function isOlder(one: CellVersion, other: CellVersion): boolean {
  return one.edition < other.edition || (one.edition === other.edition && one.update < other.update)
}

function sameFiles(one: readonly StoredCellFile[], other: readonly StoredCellFile[]): boolean {
  return one.length === other.length && one.every((file, i) => file.id === other[i]?.id)
}
