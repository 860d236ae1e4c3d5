import { createShareBar } from '../share-bar.ts'

/** What a restore tells of itself. */
export interface RestoreOutcome {
  createdAt: string
  version: string
  tables: number
  blobs: number
  present: number
  key: 'restored' | 'locked' | 'none'
}

const KEY_WORDS = {
  restored: 'The secret key is restored too.',
  locked:
    'The file also has the secret key, encrypted: set BACKUP_PASSPHRASE and restore again to use it, or put a copy of secret.key in DATA_DIR.',
  none: 'If a copy of secret.key exists, put it in DATA_DIR: without it, tokens work but are not listed in clear, and S-63 permits must be uploaded again.',
}

/** Shows the progress and the outcome of a restore. @param restore reports how much is done, from 0 to 1. */
export async function restoreCommand(
  restore: (onProgress: (fraction: number) => void) => Promise<RestoreOutcome>,
  out: NodeJS.WriteStream,
): Promise<void> {
  const bar = createShareBar(out)
  const done = await restore(bar.show).finally(bar.end)
  const resumed = done.present > 0 ? `, ${done.present} of them there already` : ''
  out.write(
    `Restored the backup of ${done.createdAt} (Chartroom ${done.version}): ${done.tables} tables, ${done.blobs} files${resumed}\n`,
  )
  out.write(`${KEY_WORDS[done.key]}\nStart the server: chartroom serve\n`)
}
