import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

export interface IndexedFile {
  /** Absolute path. */
  path: string
  /** SHA-256 of the content: the first 32 hexadecimal digits. */
  digest: string
}

export interface FileIndex {
  /** Changes with any file: 16 hexadecimal digits. */
  version: string
  /** By name, such as `sprites/day.json`; names that are not listed are not served. */
  files: ReadonlyMap<string, IndexedFile>
}

/** Reads and lists the files of some folders, each under a name of its own. @param folders name in the index to absolute path. */
export async function indexFiles(folders: Readonly<Record<string, string>>): Promise<FileIndex> {
  const files = new Map<string, IndexedFile>()
  for (const [name, folder] of Object.entries(folders)) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name)
      const inside = path.relative(folder, file).split(path.sep).join('/')
      files.set(name === '' ? inside : `${name}/${inside}`, await indexFile(file))
    }
  }
  return { files, version: versionOf(files) }
}

export async function indexFile(file: string): Promise<IndexedFile> {
  const digest = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  return { path: file, digest: digest.slice(0, 32) }
}

export function versionOf(files: ReadonlyMap<string, IndexedFile>): string {
  const hash = createHash('sha256')
  for (const [name, { digest }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name} ${digest}\n`)
  return hash.digest('hex').slice(0, 16)
}
