import { chown, readFile, readlink, realpath, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { runProgram } from './run-program.ts'

/** What postmaster.pid says; only a hint, because the file outlives its process and pids are given out again. */
export interface PostmasterFile {
  pid: number
  /** Folder of the Unix socket; empty while the server has none yet. */
  socket: string
}

/** Far above every pid that Linux or macOS gives out. */
const NOBODY = 2_147_483_646

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

/** Whether the process with this pid may be a PostgreSQL on this data directory: true when that cannot be ruled out. */
export async function mayBePostmaster(pid: number, data: string): Promise<boolean> {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
    // Another account's process: PostgreSQL itself does not take it for a predecessor.
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
 * Makes a stale `postmaster.pid` name a process that cannot exist. PostgreSQL refuses to start while the pid in the file is
 * alive, whatever program has it now. The rest of the file stays: by its last line PostgreSQL checks that no process of the old
 * server is still attached to the shared memory, a check that deleting the file would switch off.
 */
export async function disownPostmasterFile(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid')
  const [text, owner] = await Promise.all([readFile(file, 'utf8'), stat(file)])
  await writeFile(`${file}.new`, text.replace(/^[^\n]*/, String(NOBODY)), { mode: 0o600 })
  await chown(`${file}.new`, owner.uid, owner.gid)
  await rename(`${file}.new`, file)
}
