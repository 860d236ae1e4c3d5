import path from 'node:path'
import { type BackupOptions, createBackup } from '#backup/create-backup.ts'
import { backupName, keepNewest, removePartials } from '#backup/keep-newest.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import type { Clock } from '#lib/clock.ts'
import { counted, megabytes } from '#lib/quantities.ts'

export interface BackupResult extends Record<string, unknown> {
  /** Name of the file in DATA_DIR/backups of the process that ran the job. */
  file: string
  /** Name of that process. */
  instance: string
  bytes: number
  tables: number
  blobs: number
  hasKey: boolean
}

export type BackupJobOptions = Pick<BackupOptions, 'db' | 'url' | 'storage' | 'version' | 'key' | 'jobFolders'> & {
  clock: Clock
  instance: string
  folder: string
  /** How many backups are kept. */
  keep: number
}

/** Writes a backup of everything to a file of this machine, verifies it, and deletes the oldest of those made before. */
export function backup({ clock, instance, folder, keep, ...parts }: BackupJobOptions): JobType<unknown, BackupResult> {
  return {
    name: 'backup',
    queue: 'maintenance',
    creatable: true,
    exclusive: true,
    administrative: true,
    steps: [{ name: 'step_back_up', weight: 1 }],
    parse: noParameters,
    run: ({ step, log, signal }) =>
      step('step_back_up', async ({ progress }) => {
        await removePartials(folder)
        const file = backupName(clock.now())
        const made = await createBackup({ ...parts, file: path.join(folder, file), signal, onProgress: progress })
        const { bytes, tables, blobs, missing, hasKey } = made
        log.info(`Wrote and verified ${file} on ${instance}: ${megabytes(bytes)}, ${tables} tables, ${counted(blobs, 'file')}`)
        if (missing > 0)
          log.warning(`The storage lacks ${counted(missing, 'file')} that the database names; the backup lacks them too`)
        if (!hasKey) log.warning('The secret key is not in the backup, because BACKUP_PASSPHRASE is not set')
        for (const old of await keepNewest(folder, keep, file)) log.info(`Deleted the old backup ${old}`)
        return { file, instance, bytes, tables, blobs, hasKey }
      }),
  }
}
