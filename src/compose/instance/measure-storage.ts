import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'

export interface StorageParts {
  db: Db
  storage: BlobStore
  dataDir: string
  tileBytes(): number
}

/** The space that the server's data takes. It lists the compiled charts, so it is called every few minutes at most. */
export async function measureStorage({ db, storage, dataDir, tileBytes }: StorageParts) {
  const sums = await sql<{ charts: number; uploads: number; database: number }>`
    select (select coalesce(sum(byte_size), 0)::bigint from cell where account_id is null) as charts,
      (select coalesce(sum(file_size), 0)::bigint from upload where deleted_at is null) as uploads,
      pg_database_size(current_database()) as database
  `.execute(db)
  const { charts = null, uploads = null, database = null } = sums.rows[0] ?? {}
  let compiled = 0
  for await (const { bytes } of storage.list(COMPILED_PREFIX)) compiled += bytes
  return { charts, compiled, tiles: tileBytes(), uploads, database, freeDisk: await freeBytes(dataDir) }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
