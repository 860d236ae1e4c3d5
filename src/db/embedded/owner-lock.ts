import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '#lib/errors.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

export interface OwnerLock {
  release(): void
}

const SQLITE_BUSY = 5

/**
 * Takes the lock that makes this process the owner of a data directory, or fails at once.
 *
 * It must die with the process, kill -9 included, and must not be held by the PostgreSQL that outlives it; a file with a pid
 * in it does neither. The kernel's record locks do, also between containers that share the folder, but Node has no call for
 * them; SQLite, which is part of Node, takes exactly such a lock on its file for an exclusive transaction. Nothing is ever
 * written to the file, and leaving it behind means nothing.
 *
 * @param file path of the lock file; made when missing. Its folder must be on a local disk.
 * @throws EmbeddedPostgresError when another server holds it.
 */
export function takeOwnerLock(file: string): OwnerLock {
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    // Whoever can read the file can lock it, and would keep us from starting.
    chmodSync(file, 0o600)
  } catch (error) {
    if (lock?.isOpen) lock.close()
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) {
      throw new EmbeddedPostgresError(
        `another Chartroom is running on this data directory (it holds ${file}): stop it first, or give this one a DATA_DIR of its own`,
        { cause: error },
      )
    }
    throw new EmbeddedPostgresError(
      `cannot lock ${file} (${messageOf(error)}): DATA_DIR must be on a local disk, and its files must belong to the account that starts Chartroom`,
      { cause: error },
    )
  }
  const held = lock
  return {
    release() {
      if (held.isOpen) held.close()
    },
  }
}
