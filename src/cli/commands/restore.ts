import path from 'node:path'
import { messageOf } from '#lib/errors.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { readableSize } from '../frame/readable-file.ts'
import { createShareBar } from '../output/share-bar.ts'

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

/** `chartroom restore`: fills an empty data directory, or an empty database, from a backup. */
export const addRestore: AddCommand = (program, context) => {
  program
    .command('restore')
    .argument('<file>', 'a file that "chartroom backup" has written')
    .description('restore a backup into an empty DATA_DIR, or into the empty database of DATABASE_URL')
    .addHelpText('after', '\nAn interrupted restore is continued by running it again; until then no server starts on the data.')
    .action(async (file: string) => await runRestore(context, file))
}

/** Runs the work on a data directory; a signal stops it, which leaves no half-made file and no half-filled database. */
async function runRestore(context: CommandContext, file: string): Promise<void> {
  // Before the data directory is touched: a slip in the name must not mark it as half restored.
  await readableSize(file, 'Restore takes a file that "chartroom backup" has written.')
  const [{ restore }, { loadConfig }, { prepareDataDir }, { createLog }] = await Promise.all([
    import('#compose/backup.ts'),
    import('#config/load-config.ts'),
    import('#config/prepare-data-dir.ts'),
    import('#lib/log.ts'),
  ])
  const config = loadConfig({ ...context.env, LOG_LEVEL: context.env['LOG_LEVEL'] || 'warn' })
  await prepareDataDir(config.dataDir)
  const bar = createShareBar(context.out)
  const parts = { config, log: createLog(config.logLevel), file: path.resolve(file), signal: context.signal }
  const work = restore({ ...parts, onProgress: bar.show }).finally(bar.end)
  context.hold(Promise.resolve({ close: async () => void (await work.catch(() => undefined)) }), { hasEnd: true })
  tell(await work.catch(failed), context.out)
}

function failed(error: unknown): never {
  throw new CliError(EXIT.failed, `The restore failed: ${messageOf(error)}`)
}

function tell(done: RestoreOutcome, out: NodeJS.WriteStream): void {
  const resumed = done.present > 0 ? `, ${done.present} of them there already` : ''
  out.write(
    `Restored the backup of ${done.createdAt} (Chartroom ${done.version}): ${done.tables} tables, ${done.blobs} files${resumed}\n`,
  )
  out.write(`${KEY_WORDS[done.key]}\nStart the server: chartroom serve\n`)
}
