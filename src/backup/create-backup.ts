import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { openTableSnapshot, type TableSnapshot } from '#db/copy/export-tables.ts'
import type { Db } from '#db/database.ts'
import { newId } from '#lib/ids.ts'
import { BlobMissingError, type BlobStore } from '#storage/blob-store.ts'
import { verifyArchive } from './archive-reader.ts'
import { type ArchiveWriter, createArchiveWriter } from './archive-writer.ts'
import { BACKUP_FORMAT, type BackupHeader, BLOB_FOLDER, HEADER_ENTRY, KEY_ENTRY, TABLE_FOLDER } from './backup-format.ts'
import { holdBlobs } from './blob-holds.ts'
import { lockKey } from './locked-key.ts'

export interface BackupOptions {
  db: Db
  /** Address of the same database. */
  url: string
  storage: BlobStore
  version: string
  /** Where the file goes; it replaces one of the same name when it is complete. */
  file: string
  /** The key to keep in the file, encrypted with the passphrase; null for none. */
  key: { secret: Buffer; passphrase: string } | null
  /** Prefixes ending in `/` whose blobs belong to the backup although no row names them: a running job may ask for them. */
  jobFolders: readonly string[]
  signal: AbortSignal
  onProgress?(fraction: number): void
}

export interface BackupSummary {
  file: string
  bytes: number
  tables: number
  blobs: number
  /** Blobs that rows name but the storage does not have: they were lost before the backup. */
  missing: number
  hasKey: boolean
}

const compress = promisify(gzip)
/** Rows are compressed in pieces of this size, which bounds the memory. */
const PIECE_BYTES = 4 * 2 ** 20
/** The share of the progress that writing makes; the verification makes the rest. */
const WRITING_SHARE = 0.6

const NAMED_BLOBS = `
  select blob_key as text from cell union select compiled_key from cell where compiled_key is not null
  union select blob_key from upload where deleted_at is null
  union select 'exports/' || id || '.zip' from export where file_size is not null
`

/**
 * Writes all tables as they are at one moment, and the blobs that they name, into one file, while the server goes on. The file appears
 * under its name when it is complete, durable and verified.
 */
export async function createBackup(options: BackupOptions): Promise<BackupSummary> {
  const { db, url, file, signal } = options
  const id = newId()
  const partial = `${file}.partial`
  await mkdir(path.dirname(file), { recursive: true })
  const taken: { snapshot: TableSnapshot | null } = { snapshot: null }
  let names: string[] = []
  const hold = await holdBlobs(db, id, async () => {
    taken.snapshot = await openTableSnapshot(url)
    names = await taken.snapshot.texts(NAMED_BLOBS)
    // A job that runs now may end, and delete what it needed, while the tables are written.
    return [...names, ...options.jobFolders]
  }).catch(async (error: unknown) => {
    await taken.snapshot?.close()
    throw error
  })
  const writer = createArchiveWriter(partial)
  try {
    if (taken.snapshot === null) throw new Error('no snapshot of the tables was taken')
    const counts = await writeEntries(options, id, taken.snapshot, names, writer)
    const bytes = await writer.finish()
    let read = 0
    await verifyArchive(partial, signal, (more) => {
      read += more
      options.onProgress?.(WRITING_SHARE + (1 - WRITING_SHARE) * Math.min(1, read / bytes))
    })
    await rename(partial, file)
    await syncFolder(path.dirname(file))
    return { file, bytes, ...counts, hasKey: options.key !== null }
  } catch (error) {
    writer.destroy()
    await rm(partial, { force: true })
    throw error
  } finally {
    await taken.snapshot?.close()
    await hold.release()
  }
}

async function writeEntries(
  options: BackupOptions,
  id: string,
  snapshot: TableSnapshot,
  names: readonly string[],
  writer: ArchiveWriter,
): Promise<{ tables: number; blobs: number; missing: number }> {
  const { signal, key, version, storage } = options
  const { migrations, tables } = snapshot
  const header: BackupHeader = { format: BACKUP_FORMAT, id, createdAt: new Date().toISOString(), version, migrations, tables }
  await addText(writer, HEADER_ENTRY, JSON.stringify(header, null, 2))
  if (key !== null) await addText(writer, KEY_ENTRY, await lockKey(key.secret, key.passphrase))
  for (const table of tables) {
    let piece = 0
    for await (const rows of piecesOf(snapshot.rows(table))) {
      signal.throwIfAborted()
      const content = await compress(rows)
      await writer.add(`${TABLE_FOLDER}${table.name}/${String(++piece).padStart(6, '0')}.copy.gz`, content.length, content)
    }
  }
  // A long transaction keeps PostgreSQL from vacuuming, and the blobs are held without it.
  await snapshot.close()

  const sizes = new Map<string, number>()
  for await (const blob of storage.list('')) sizes.set(blob.key, blob.bytes)
  const named = new Set(names)
  const others = [...sizes.keys()].filter(
    (each) => !named.has(each) && options.jobFolders.some((folder) => each.startsWith(folder)),
  )
  const toCopy = [...named, ...others].filter((each) => sizes.has(each)).sort()
  const total = toCopy.reduce((sum, each) => sum + (sizes.get(each) ?? 0), 0)
  let done = 0
  let blobs = 0
  for (const each of toCopy) {
    signal.throwIfAborted()
    if (await addBlob(writer, storage, each, named.has(each))) blobs++
    done += sizes.get(each) ?? 0
    options.onProgress?.(WRITING_SHARE * (done / Math.max(1, total)))
  }
  return { tables: tables.length, blobs, missing: [...named].filter((each) => !sizes.has(each)).length }
}

/** @returns false when a blob that the backup does not hold has gone. */
async function addBlob(writer: ArchiveWriter, storage: BlobStore, key: string, isHeld: boolean): Promise<boolean> {
  try {
    const bytes = await storage.size(key)
    if (bytes === null) throw new BlobMissingError(key)
    await writer.add(`${BLOB_FOLDER}${key}`, bytes, await storage.get(key))
    return true
  } catch (error) {
    if (error instanceof BlobMissingError && !isHeld) return false
    throw error
  }
}

async function addText(writer: ArchiveWriter, name: string, text: string): Promise<void> {
  const content = Buffer.from(text)
  await writer.add(name, content.length, content)
}

async function* piecesOf(rows: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of rows) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(chunks)
    chunks = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(chunks)
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
