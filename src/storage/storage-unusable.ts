import { currentAccount } from '#lib/current-account.ts'
import { codeOf } from '#lib/errors.ts'

/** The storage cannot be used at the moment; the message is for the operator and says what to do. */
export class StorageUnusableError extends Error {
  override readonly name = 'StorageUnusableError'
}

/** Why a request cannot be served now, in words for the client, when the state of the storage is the reason; else null. */
export function whyStorageUnusable(error: unknown): string | null {
  if (!(error instanceof StorageUnusableError)) return null
  return 'The storage of the server cannot be used at the moment: nothing was stored. Try again later; administrators see the reason in the state of the server.'
}

/** Says what keeps files from being written to the folder of the storage; other errors come back as they are. */
export function explainWriteFailure(error: unknown, folder: string): unknown {
  const words = wordsFor(codeOf(error), folder)
  return words === null ? error : new StorageUnusableError(words, { cause: error })
}

function wordsFor(code: string | undefined, folder: string): string | null {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `${currentAccount()} may not write to the storage folder ${folder}: give the folder and all that is in it to this account (chown -R)`
    case 'EROFS':
      return `the storage folder ${folder} is on a disk that is mounted read-only: mount it for writing, and look for faults of the disk in the log of the system`
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk of the storage folder ${folder} is full: free some space`
    case 'EIO':
      return `the disk of the storage folder ${folder} reports a fault: look in the log of the system, and replace the disk if it is damaged`
    default:
      return null
  }
}
