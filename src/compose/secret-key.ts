import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { loadSecretKey } from '#accounts/secrets/secret-key.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { BlobMissingError, type BlobStore } from '#storage/blob-store.ts'

/** The key of the machines that share a bucket. */
export const SHARED_KEY = 'keys/secret.key'
const LOCK = 'chartroom secret key'

export interface SecretKeyParts {
  db: Db
  storage: BlobStore
  log: Log
}

/**
 * The key that encrypts tokens and cell keys: that of SECRET_KEY, else the file in the data directory. Machines that share a bucket keep
 * it there: the first one to start stores the key of its data directory.
 */
export async function composeSecretKey(config: Config, { db, storage, log }: SecretKeyParts): Promise<Buffer> {
  const { dataDir, secretKey, s3 } = config
  if (secretKey !== null) return await loadSecretKey(dataDir, secretKey)
  if (s3 === null) return await loadSecretKey(dataDir)
  return await db.transaction().execute(async (trx) => {
    // Of machines that start together, one makes the key.
    await sql`select pg_advisory_xact_lock(hashtext(${LOCK}))`.execute(trx)
    const shared = await storage.read(SHARED_KEY).catch((error: unknown) => {
      if (error instanceof BlobMissingError) return null
      throw error
    })
    if (shared !== null) return await loadSecretKey(dataDir, shared.toString('utf8').trim())
    const key = await loadSecretKey(dataDir)
    await storage.put(SHARED_KEY, Buffer.from(`${key.toString('hex')}\n`))
    log.info(`stored the secret key of ${path.join(dataDir, 'secret.key')} in the bucket for the other machines`)
    return key
  })
}

/** The key of a server that need not be running; null when it has none yet. */
export async function findSecretKey({ dataDir, secretKey, s3 }: Config, storage: BlobStore): Promise<Buffer | null> {
  if (secretKey !== null) return Buffer.from(secretKey, 'hex')
  if (s3 !== null) return await storage.read(SHARED_KEY).then((hex) => Buffer.from(hex.toString('utf8').trim(), 'hex'), missing)
  return await readFile(path.join(dataDir, 'secret.key')).catch(missing)
}

function missing(error: unknown): null {
  if (error instanceof BlobMissingError || (error as { code?: string }).code === 'ENOENT') return null
  throw error
}
