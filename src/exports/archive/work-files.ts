import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** The files of a pack in the making, in a folder of their own. */
export interface WorkFiles {
  mbtiles: string
  pmtiles: string
  remove(): Promise<void>
}

/** A pack without progress for this long is abandoned. */
const LONGEST_MILLISECONDS = 3 * 24 * 3_600_000

/** @param folder for all packs in the making. */
export function workFilesOf(folder: string, exportId: string): WorkFiles {
  const own = path.join(folder, exportId)
  return {
    mbtiles: path.join(own, 'charts.mbtiles'),
    pmtiles: path.join(own, 'charts.pmtiles'),
    remove: () => rm(own, { recursive: true, force: true }),
  }
}

/** Removes what exports that were deleted or failed for good have left behind. */
export async function removeOldWorkFiles(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const own = path.join(folder, name)
    const { mtimeMs } = await stat(own).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > LONGEST_MILLISECONDS) await rm(own, { recursive: true, force: true })
  }
}
