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

/** Deletes all but the newest backups of a folder; files with other names stay. @returns the names of the deleted ones. */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  const old = names.slice(0, Math.max(0, names.length - keep))
  for (const name of old) await rm(path.join(folder, name), { force: true })
  return old
}
