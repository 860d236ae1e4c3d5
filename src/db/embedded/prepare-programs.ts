import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '#lib/log.ts'
import type { Bundle } from './bundle.ts'
import { copyBundle } from './copy-bundle.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { linkLibraries } from './link-libraries.ts'
import { type Account, type ProgramResult, runProgram } from './run-program.ts'

/** PostgreSQL's programs, proved to start under the account that will run them. */
export interface Programs {
  /** Version of the server program, such as `18.4`. */
  version: string
  run(name: 'initdb' | 'pg_ctl' | 'postgres', args: readonly string[], cwd?: string): Promise<ProgramResult>
}

export interface ProgramsOptions {
  bundle: Bundle
  account: Account | null
  /** A folder that this process may create, for library links when the installation is read-only. */
  linkFolder: string
  /** Folders for a copy; only tests change the default. */
  copyPlaces?: readonly string[]
  log: Log
}

/**
 * Makes the bundled programs runnable: in place if possible; with library links in the data directory when the installation is
 * read-only; from a copy when the account cannot enter the folder of the installation.
 *
 * @throws EmbeddedPostgresError with the programs' own message when they cannot start.
 */
export async function preparePrograms(options: ProgramsOptions): Promise<Programs> {
  const { bundle, account } = options
  const linked = await linkLibraries(bundle.native)
  const inPlace = await probe(bundle.native, account, {})
  if (typeof inPlace !== 'string') return inPlace

  let reason = inPlace
  if (account !== null) {
    const copy = await probe(await copyBundle(bundle, options.log, options.copyPlaces), account, {})
    if (typeof copy !== 'string') return copy
    reason = copy
  } else if (!linked) {
    await mkdir(options.linkFolder, { recursive: true, mode: 0o700 })
    await linkLibraries(bundle.native, options.linkFolder)
    const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
    // libpq looks for its libraries beside the name it was opened by, which is the link.
    const folders = [options.linkFolder, path.join(bundle.native, 'lib')].join(path.delimiter)
    const withLinks = await probe(bundle.native, account, { [variable]: folders })
    if (typeof withLinks !== 'string') return withLinks
    reason = withLinks
  }
  throw new EmbeddedPostgresError(
    `the bundled PostgreSQL does not start here (${reason}). It needs a system with the GNU C library (Debian, Ubuntu, Fedora and the like, not Alpine); elsewhere, set DATABASE_URL to a PostgreSQL 13 or later`,
  )
}

/** The programs of this folder, or why they are unusable. */
async function probe(native: string, account: Account | null, env: Record<string, string>): Promise<Programs | string> {
  const bin = path.join(native, 'bin')
  // Checks share/ too, which initdb would miss only halfway.
  // Checks initdb as well as the server, because it needs other libraries.
  const script = 'test -r "$2" || { echo "cannot read $2" >&2; exit 1; }; "$1" --version >/dev/null && exec "$0" --version'
  const files = [path.join(bin, 'postgres'), path.join(bin, 'initdb'), path.join(native, 'share', 'postgresql', 'postgres.bki')]
  const result = await runProgram('/bin/sh', ['-c', script, ...files], { account, env })
  const version = /(\d+(?:\.\d+)+)/.exec(result.stdout)?.[1]
  if (result.code !== 0 || version === undefined) return result.stderr || `exit code ${result.code}`
  return { version, run: (name, args, cwd = '/') => runProgram(path.join(bin, name), args, { account, env, cwd }) }
}
