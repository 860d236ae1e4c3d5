import { chown, readFile, readlink, realpath, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { runProgram } from './run-program.ts'

/** The content of postmaster.pid; only a hint, because the file outlives its process and pids are reused. */
export interface PostmasterFile {
  pid: number
  /** Folder of the Unix socket; empty while the server has none yet. */
  socket: string
}

/** Far above every pid on Linux or macOS. */
const IMPOSSIBLE_PID = 2_147_483_646

/** Reads `postmaster.pid` of a data directory; null when there is none. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | null> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const lines = text.split('\n')
  return { pid: Math.abs(Number.parseInt(lines[0] ?? '', 10)) || 0, socket: lines[4]?.trim() ?? '' }
}

/** Whether the process with this pid may be a PostgreSQL on this data directory; true when in doubt. */
export async function mayBePostmaster(pid: number, data: string): Promise<boolean> {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
    // A process of another account; PostgreSQL does not mistake it for its predecessor either.
    return false
  }
  if (process.platform === 'linux') {
    try {
      // A postmaster never leaves its data directory.
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data))
    } catch {
      return process.getuid?.() !== 0
    }
  }
  const listed = await runProgram('ps', ['-o', 'command=', '-p', String(pid)], { account: null })
  return listed.code !== 0 || listed.stdout.includes('postgres')
}

/**
 * Makes a stale `postmaster.pid` name a process that cannot exist, because PostgreSQL refuses to start while any program has that pid.
 * The rest of the file stays: its last line lets PostgreSQL check that no process of the old server still uses the shared memory.
 */
export async function disownPostmasterFile(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid')
  const [text, owner] = await Promise.all([readFile(file, 'utf8'), stat(file)])
  await writeFile(`${file}.new`, text.replace(/^[^\n]*/, String(IMPOSSIBLE_PID)), { mode: 0o600 })
  await chown(`${file}.new`, owner.uid, owner.gid)
  await rename(`${file}.new`, file)
}
