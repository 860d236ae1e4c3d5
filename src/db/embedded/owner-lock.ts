import { chmodSync, closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { isDescriptorShortage } from '#lib/descriptor-limit.ts'
import { messageOf } from '#lib/errors.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

export interface OwnerLock {
  release(): void
}

const SQLITE_BUSY = 5

/** The error of a process that has no file descriptor left; null when it has. SQLite says only that it cannot open its file. */
function descriptorShortage(): unknown {
  try {
    closeSync(openSync(devNull, 'r'))
    return null
  } catch (error) {
    return isDescriptorShortage(error) ? error : null
  }
}

/**
 * Takes the lock that makes this process the owner of a data directory, or fails at once.
 *
 * The lock must end with the process, even on kill -9, and must not pass to the PostgreSQL that outlives it; a pid file does neither.
 * The kernel's record locks do, even between containers that share the folder, but Node has no call for them. SQLite, a part of Node,
 * takes such a lock for an exclusive transaction. Nothing is written to the file, and it is harmless when left behind.
 *
 * @param file path of the lock file; created when missing. Its folder must be on a local disk.
 * @throws EmbeddedPostgresError when another server holds it.
 */
export function takeOwnerLock(file: string): OwnerLock {
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    // Any account that can read the file can lock it and keep us from starting.
    chmodSync(file, 0o600)
  } catch (error) {
    if (lock?.isOpen) lock.close()
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) {
      throw new EmbeddedPostgresError(
        `another Chartroom is running on this data directory (it holds ${file}): stop it first, or give this one its own DATA_DIR`,
        { cause: error },
      )
    }
    const shortage = descriptorShortage()
    if (shortage !== null) throw new EmbeddedPostgresError(`cannot open ${file} to lock it`, { cause: shortage })
    throw new EmbeddedPostgresError(
      `cannot lock ${file} (${messageOf(error)}): DATA_DIR must be on a local disk, and its files must belong to the account that starts Chartroom`,
      { cause: error },
    )
  }
  const taken = lock
  return {
    release() {
      if (taken.isOpen) taken.close()
    },
  }
}
