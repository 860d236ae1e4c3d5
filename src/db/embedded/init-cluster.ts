import { randomBytes } from 'node:crypto'
import { appendFile, chmod, chown, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { codeOf, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { Bundle } from './bundle.ts'
import { makePrivate, type Place } from './choose-place.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import type { Programs } from './prepare-programs.ts'
import type { Account } from './run-program.ts'
import { SETTINGS_FILE } from './write-settings.ts'

export const SUPERUSER = 'chartroom'
export const DATABASE = 'chartroom'

export interface InitOptions {
  /** `DATA_DIR/postgres`, which holds the password file. */
  folder: string
  place: Place
  bundle: Bundle
  programs: Programs
  account: Account | null
  /** Whether to flush the new files to disk; false in tests. */
  sync: boolean
  log: Log
}

/**
 * Creates the cluster at the very first start; later checks that this PostgreSQL can read its data.
 *
 * @returns the superuser's password.
 * @throws EmbeddedPostgresError for data of another major version, or when initdb fails.
 */
export async function initCluster(options: InitOptions): Promise<string> {
  const { place, bundle } = options
  const passwordFile = path.join(options.folder, 'password')
  const major = await readMajor(place.data)
  if (major === null) return makeCluster(options, passwordFile)
  if (major !== String(bundle.major)) {
    throw new EmbeddedPostgresError(
      `the data in ${place.data} was created by PostgreSQL ${major}, and this Chartroom contains PostgreSQL ${bundle.major}, which cannot read it. ` +
        `Start the Chartroom that created it, dump the database with pg_dump ${major}, and restore it into a new DATA_DIR; docs/operations.md has the steps. Nothing was changed`,
    )
  }
  try {
    return (await readFile(passwordFile, 'utf8')).trim()
  } catch (error) {
    throw new EmbeddedPostgresError(
      `the password of the database cannot be read (${messageOf(error)}): restore ${passwordFile} from a backup; docs/operations.md says what to do without a backup`,
      { cause: error },
    )
  }
}

async function readMajor(data: string): Promise<string | null> {
  try {
    return (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new EmbeddedPostgresError(
      `cannot read the database in ${data} (${messageOf(error)}): start Chartroom as the account that created it, or as root`,
      { cause: error },
    )
  }
}

async function makeCluster(options: InitOptions, passwordFile: string): Promise<string> {
  const { place, programs, account } = options
  const password = randomBytes(24).toString('hex')
  const unfinished = path.join(place.home, 'data.unfinished')
  const forInitdb = path.join(place.home, 'password.initdb')
  // Remains of an interrupted first start.
  await rm(unfinished, { recursive: true, force: true })
  await makePrivate(unfinished, account)
  await writePrivate(passwordFile, password, null)
  await writePrivate(forInitdb, password, account)
  try {
    const args = [
      ...['--pgdata', 'data.unfinished', '--username', SUPERUSER, '--pwfile', 'password.initdb', '--auth', 'scram-sha-256'],
      // The builtin provider sorts equally on every machine; a locale of the C library may be missing or change.
      ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...['--data-checksums', ...(options.sync ? [] : ['--no-sync'])],
    ]
    const made = await programs.run('initdb', args, place.home)
    if (made.code !== 0) {
      const output = made.stderr || made.stdout
      const hint = /look up effective user ID/.test(output)
        ? '; start Chartroom under an account that has a name on this machine'
        : ''
      throw new EmbeddedPostgresError(`PostgreSQL could not make its data directory in ${place.home}: ${output}${hint}`)
    }
    const line = `\n# Chartroom's settings; what you write below this line wins over them.\ninclude '../${SETTINGS_FILE}'\n`
    await appendFile(path.join(unfinished, 'postgresql.conf'), line)
    await rename(unfinished, place.data)
  } finally {
    await rm(forInitdb, { force: true })
  }
  options.log.info(`created a new database in ${place.data} (PostgreSQL ${programs.version})`)
  return password
}

async function writePrivate(file: string, text: string, account: Account | null): Promise<void> {
  await rm(file, { force: true })
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await chmod(file, 0o600)
    if (account !== null) await chown(file, account.uid, account.gid)
    // The data is useless without it.
    await handle.sync()
  } finally {
    await handle.close()
  }
}
