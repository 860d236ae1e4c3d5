import { stat } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '#lib/errors.ts'
import { megabytes } from '#lib/quantities.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { createShareBar } from '../output/share-bar.ts'

/** What the command reports about a backup. */
export interface BackupOutcome {
  file: string
  bytes: number
  tables: number
  blobs: number
  missing: number
  hasKey: boolean
}

/** `chartroom backup`: writes the database and all charts to one file, also while a server runs. */
export const addBackup: AddCommand = (program, context) => {
  program
    .command('backup')
    .argument('<file>', 'the file to write; an older one of this name is replaced once the new one is complete')
    .description('write the database and all charts of DATA_DIR to one file, also while a server runs')
    .addHelpText('after', '\nBACKUP_PASSPHRASE includes the secret key, encrypted. docs/backup.md describes the file.')
    .action(async (file: string) => await runBackup(context, file))
}

/** Runs the work on a data directory; a signal stops it, which leaves no half-made file and no half-filled database. */
async function runBackup(context: CommandContext, file: string): Promise<void> {
  // Checked first, because the finished file could not replace a folder.
  if ((await stat(file).catch(() => null))?.isDirectory())
    throw new CliError(EXIT.usage, `${file} is a folder: give the name of the file to write.`)
  const [{ backUp }, { loadConfig }, { prepareDataDir }, { createLog }] = await Promise.all([
    import('#compose/backup.ts'),
    import('#config/load-config.ts'),
    import('#config/prepare-data-dir.ts'),
    import('#lib/log.ts'),
  ])
  const config = loadConfig({ ...context.env, LOG_LEVEL: context.env['LOG_LEVEL'] || 'warn' })
  await prepareDataDir(config.dataDir)
  const bar = createShareBar(context.out)
  const parts = { config, log: createLog(config.logLevel), file: path.resolve(file), signal: context.signal }
  const work = backUp({ ...parts, onProgress: bar.show }).finally(bar.end)
  context.hold(Promise.resolve({ close: async () => void (await work.catch(() => undefined)) }), { hasEnd: true })
  tell(await work.catch(failed), context.out)
}

function failed(error: unknown): never {
  throw new CliError(EXIT.failed, `The backup failed: ${messageOf(error)}`)
}

function tell(made: BackupOutcome, out: NodeJS.WriteStream): void {
  out.write(`Wrote and verified ${made.file}: ${megabytes(made.bytes)}, ${made.tables} tables, ${made.blobs} files\n`)
  if (made.missing > 0) out.write(`The storage lacks ${made.missing} files that the database names; the backup lacks them too.\n`)
  if (!made.hasKey)
    out.write(
      'The secret key is not in it. Set BACKUP_PASSPHRASE to include it encrypted, or keep a copy of DATA_DIR/secret.key.\n',
    )
}
