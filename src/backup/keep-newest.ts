import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'

const NAME = /^chartroom-\d{8}T\d{6}Z\.tar$/
const PARTIAL = /^chartroom-\d{8}T\d{6}Z\.tar\.partial$/

/** Name of the backup of a moment. The names sort by time. */
export function backupName(milliseconds: number): string {
  return `chartroom-${new Date(milliseconds).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z.tar`
}

/** Deletes the files that killed backups left half written. */
export async function removePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (PARTIAL.test(name)) await rm(path.join(folder, name), { force: true })
}

/**
 * Deletes all but the newest backups of a folder; files with other names stay. A backup with a later name than the one just made comes
 * from a clock that was wrong then or is wrong now, and counts as older.
 *
 * @param made the name of the backup just made.
 * @returns the names of the deleted ones.
 */
export async function keepNewest(folder: string, keep: number, made: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  const oldestFirst = [...names.filter((name) => name > made), ...names.filter((name) => name <= made)]
  const old = oldestFirst.slice(0, Math.max(0, names.length - keep))
  for (const name of old) await rm(path.join(folder, name), { force: true })
  return old
}
