import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { codeOf, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { type Account, runProgram } from './run-program.ts'

/** Where the parts of a cluster are. */
export interface Place {
  /** Folder of the parts below; the account may enter it, only the owner of this process may write to it. */
  home: string
  /** PostgreSQL's own data directory. */
  data: string
  logs: string
  /** Folder of the Unix socket, mode 0700. */
  socket: string
}

const ELSEWHERE = '/var/lib/chartroom'
/** Length of sun_path with its final zero: 108 bytes on Linux, 104 on macOS. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103
export const SOCKET_PORT = 5432
/** The file that PostgreSQL listens at, in the folder of its socket. */
export const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`

/** The cluster's home as an earlier start noted it, else the place inside the data directory. */
export async function readHome(folder: string): Promise<string> {
  try {
    return (await readFile(path.join(folder, 'LOCATION'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return folder
    throw new EmbeddedPostgresError(`cannot read ${path.join(folder, 'LOCATION')}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Decides where the cluster lives and makes its folders. That is inside the data directory, unless Chartroom runs as root and
 * the account of PostgreSQL cannot enter the data directory: then below /var/lib/chartroom, and a file LOCATION says so. The
 * modes of folders that are not ours are never changed.
 *
 * @param folder `DATA_DIR/postgres`, which exists.
 * @throws EmbeddedPostgresError
 */
export async function choosePlace(folder: string, account: Account | null, log: Log): Promise<Place> {
  let home = await readHome(folder)
  if (!(await mayEnter(home, account))) {
    if (home !== folder || (await exists(path.join(home, 'data')))) {
      throw new EmbeddedPostgresError(
        `the account that runs PostgreSQL (number ${account?.uid}) cannot enter ${home}, where its data is: allow others to enter the folders above it (chmod o+x)`,
      )
    }
    const id = createHash('sha256')
      .update(await realpath(folder))
      .digest('hex')
      .slice(0, 16)
    home = path.join(ELSEWHERE, id)
    await makeOpen(home)
    if (!(await mayEnter(home, account))) {
      throw new EmbeddedPostgresError(
        `the account that runs PostgreSQL (number ${account?.uid}) can enter neither ${folder} nor ${home}: choose a DATA_DIR that every account may enter, or start Chartroom as a normal user`,
      )
    }
    await writeFile(path.join(folder, 'LOCATION'), `${home}\n`)
    log.info(`${folder} is in a folder that only root may enter, and PostgreSQL does not run as root: the database is in ${home}`)
  }
  const place: Place = { home, data: path.join(home, 'data'), logs: path.join(home, 'log'), socket: path.join(home, 'socket') }
  if (Buffer.byteLength(path.join(place.socket, SOCKET_NAME)) > LONGEST_SOCKET_PATH) {
    const id = createHash('sha256')
      .update(await realpath(home))
      .digest('hex')
      .slice(0, 16)
    place.socket = path.join(os.tmpdir(), `chartroom-${id}`)
    log.info(`the path of the data directory is too long for a socket: PostgreSQL's socket is in ${place.socket}`)
  }
  await makePrivate(place.logs, account)
  await makePrivate(place.socket, account)
  return place
}

/** Makes a folder that only this account uses, or checks that an existing one is exactly that. */
export async function makePrivate(folder: string, account: Account | null): Promise<void> {
  const uid = account?.uid ?? process.getuid?.() ?? 0
  try {
    await mkdir(folder, { mode: 0o700 })
    await chmod(folder, 0o700)
    if (account !== null) await chown(folder, account.uid, account.gid)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const info = await lstat(folder)
    if (!info.isDirectory() || info.uid !== uid || (info.mode & 0o077) !== 0) {
      throw new EmbeddedPostgresError(
        `${folder} must be a folder that belongs to account number ${uid} and that no other account may enter (mode 0700)`,
      )
    }
  }
}

async function makeOpen(folder: string): Promise<void> {
  for (const each of [path.dirname(folder), folder]) {
    const made = await mkdir(each, { recursive: true, mode: 0o755 })
    if (made !== undefined) await chmod(each, 0o755)
  }
}

async function mayEnter(folder: string, account: Account | null): Promise<boolean> {
  if (account === null) return true
  return (await runProgram('/bin/sh', ['-c', 'cd -- "$0"', folder], { account })).code === 0
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}
