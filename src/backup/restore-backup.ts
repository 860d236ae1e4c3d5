import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import { beginImport, NotEmptyError, type TableImport } from '#db/copy/import-tables.ts'
import type { CopiedTable } from '#db/copy/table-list.ts'
import { openDatabase } from '#db/database.ts'
import { migrate, unknownMigrations } from '#db/migrate.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type ArchiveEntry, readArchive, readText, verifyArchive } from './archive-reader.ts'
import { BackupFileError, type BackupHeader, BLOB_FOLDER, KEY_ENTRY, TABLE_FOLDER } from './backup-format.ts'
import { unlockKey } from './locked-key.ts'

export interface RestoreOptions {
  file: string
  /** Address of the database to fill. */
  url: string
  storage: BlobStore
  /** Null to ignore the secret key in the file. */
  passphrase: string | null
  /** Keeps the secret key of the backup before anything that it encrypts is restored. */
  keepKey(key: Buffer): Promise<void>
  signal: AbortSignal
  onProgress?(fraction: number): void
}

export interface RestoreSummary {
  createdAt: string
  version: string
  tables: number
  blobs: number
  /** Blobs that an interrupted restore had stored. */
  present: number
  /** Whether the file holds a secret key, and whether it was restored. */
  key: 'restored' | 'locked' | 'none'
}

/** Name of the setting that says which backup a database came from. */
const RESTORED = 'restored_backup'
const VERIFYING_SHARE = 0.3
const BLOB_SHARE = 0.5

/**
 * Restores a backup into an empty database and a storage. The database comes last, in one transaction: an interrupted restore leaves it
 * empty, and the next one stores only the blobs that are missing.
 *
 * @throws BackupFileError for a file that cannot be restored; NotEmptyError when the database holds something else.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { file, signal, onProgress = () => undefined } = options
  const { header, bytes } = await verifyArchive(file, signal)
  onProgress(VERIFYING_SHARE)
  const unknown = unknownMigrations(header.migrations)
  if (unknown.length > 0)
    throw new BackupFileError(
      `${file} was made by a newer Chartroom (${header.version}; its database has ${unknown.join(', ')}): restore it with that version`,
    )
  const tables = { createdAt: header.createdAt, version: header.version, tables: header.tables.length }
  if (await prepareDatabase(options.url, header)) {
    onProgress(1)
    return { ...tables, blobs: 0, present: 0, key: 'none' }
  }
  const blobs = await restoreBlobs(options, (done) => onProgress(VERIFYING_SHARE + BLOB_SHARE * (done / Math.max(1, bytes))))
  await restoreTables(options, header)
  onProgress(1)
  return { ...tables, ...blobs }
}

/** Makes the schema of the backup. @returns whether an earlier restore of this backup has completed. @throws NotEmptyError */
async function prepareDatabase(url: string, { id, migrations }: BackupHeader): Promise<boolean> {
  const database = openDatabase({ url, applicationName: 'chartroom restore', maxConnections: 2 })
  try {
    const { db } = database
    const found = await sql<{ table: string | null }>`select to_regclass('account')::text as table`.execute(db)
    if (found.rows[0]?.table != null) {
      const { rows } = await sql`select from account limit 1`.execute(db)
      if (rows.length > 0) {
        const setting = await db.selectFrom('setting').select('value').where('name', '=', RESTORED).executeTakeFirst()
        if (setting?.value === id) return true
        throw new NotEmptyError(
          'the database is not empty: restore into a new DATA_DIR, or into another database (DATABASE_URL); a restore never replaces data',
        )
      }
    }
    // Later migrations, if there are any, change the restored rows when the server starts.
    await migrate(db, migrations.at(-1))
    return false
  } finally {
    await database.close()
  }
}

async function restoreBlobs(
  { file, storage, passphrase, keepKey, signal }: RestoreOptions,
  onBytes: (done: number) => void,
): Promise<Pick<RestoreSummary, 'blobs' | 'present' | 'key'>> {
  const result = { blobs: 0, present: 0, key: 'none' as RestoreSummary['key'] }
  let done = 0
  for await (const entry of readArchive(file, signal)) {
    if (entry.name === KEY_ENTRY) {
      result.key = passphrase === null ? 'locked' : 'restored'
      if (passphrase !== null) await keepKey(await unlockKey(await readText(entry), passphrase))
    } else if (entry.name.startsWith(BLOB_FOLDER)) {
      const key = entry.name.slice(BLOB_FOLDER.length)
      result.blobs++
      if ((await storage.size(key)) === entry.bytes) result.present++
      else await storage.put(key, entry.content)
    }
    done += entry.bytes
    onBytes(done)
  }
  return result
}

async function restoreTables({ file, url, signal }: RestoreOptions, { tables, id }: BackupHeader): Promise<void> {
  const target = await beginImport(url, tables)
  try {
    const entries = readArchive(file, signal)[Symbol.asyncIterator]()
    let next = await entries.next()
    for (const table of tables) {
      // Entries before the tables: the header and the key.
      while (!next.done && !next.value.name.startsWith(TABLE_FOLDER) && !next.value.name.startsWith(BLOB_FOLDER))
        next = await entries.next()
      next = await loadTable(target, table, next, entries)
    }
    await entries.return?.()
    await endBackupJobs(target)
    await target.query(
      `insert into setting (name, value) values ($1, to_jsonb($2::text)) on conflict (name) do update set value = excluded.value`,
      [RESTORED, id],
    )
    await target.commit()
  } finally {
    await target.close()
  }
}

/** Loads the pieces of one table. @returns the entry after them. */
async function loadTable(
  target: TableImport,
  table: CopiedTable,
  first: IteratorResult<ArchiveEntry>,
  entries: AsyncIterator<ArchiveEntry>,
): Promise<IteratorResult<ArchiveEntry>> {
  const prefix = `${TABLE_FOLDER}${table.name}/`
  let next = first
  async function* rows() {
    while (!next.done && next.value.name.startsWith(prefix)) {
      yield* Readable.from(next.value.content, { objectMode: false }).compose(createGunzip()) as AsyncIterable<Buffer>
      next = await entries.next()
    }
  }
  await target.load(table, rows())
  return next
}

/** The job that made the backup was running in it. It has ended, and must not begin again. */
async function endBackupJobs(target: TableImport): Promise<void> {
  const active = `job_type = 'backup' and job_state in ('pending', 'running')`
  await target.query(
    `update job_step set status = 'cancelled', completed_at = now() where status in ('pending', 'running')
      and job_id in (select id from job where ${active})`,
  )
  await target.query(
    `update job set job_state = 'cancelled', finished_at = now(), updated_at = now(),
      cancel_reason = 'This data was restored from the backup that the job was making' where ${active}`,
  )
}
