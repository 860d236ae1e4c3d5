import { megabytes } from '#lib/quantities.ts'
import { createShareBar } from '../share-bar.ts'

/** What a backup tells of itself. */
export interface BackupOutcome {
  file: string
  bytes: number
  tables: number
  blobs: number
  missing: number
  hasKey: boolean
}

/** Shows the progress and the outcome of a backup. @param backUp makes it and reports how much is done, from 0 to 1. */
export async function backupCommand(
  backUp: (onProgress: (fraction: number) => void) => Promise<BackupOutcome>,
  out: NodeJS.WriteStream,
): Promise<void> {
  const bar = createShareBar(out)
  const made = await backUp(bar.show).finally(bar.end)
  out.write(`Wrote and verified ${made.file}: ${megabytes(made.bytes)}, ${made.tables} tables, ${made.blobs} files\n`)
  if (made.missing > 0) out.write(`The storage lacks ${made.missing} files that the database names; the backup lacks them too.\n`)
  if (!made.hasKey)
    out.write(
      'The secret key is not in it. Set BACKUP_PASSPHRASE to include it encrypted, or keep a copy of DATA_DIR/secret.key.\n',
    )
}
