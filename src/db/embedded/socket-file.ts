import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { systemClock } from '#lib/clock.ts'
import { SOCKET_NAME } from './choose-place.ts'

const ROUND_MILLISECONDS = 2_000

/** Whether the file of PostgreSQL's socket is missing from this folder. False when that cannot be known. */
export async function isSocketFileGone(folder: string): Promise<boolean> {
  return lstat(path.join(folder, SOCKET_NAME)).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  )
}

/** Resolves with true when the file of PostgreSQL's socket has disappeared, with false when the signal aborts first. */
export async function socketFileDisappears(folder: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isSocketFileGone(folder)) return !signal.aborted
    await systemClock.sleep(ROUND_MILLISECONDS, signal).catch(() => undefined)
  }
  return false
}
