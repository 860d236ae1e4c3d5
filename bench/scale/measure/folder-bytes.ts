import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** Bytes on the disk of all files below a folder; 0 when there is none. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  let sum = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    // A file may go while the server runs.
    const info = await lstat(path.join(entry.parentPath, entry.name)).catch(() => null)
    sum += (info?.blocks ?? 0) * 512
  }
  return sum
}
