import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Files of tiles by digest, spread over subfolders. Other processes may use the same folder. */
export interface TileFolder {
  /** The file, or null when there is none. */
  read(digest: string): Promise<Buffer | null>
  /** Replaces the file in one step, so no reader sees half of it. */
  write(digest: string, file: Uint8Array): Promise<void>
  /** Whether there was a file to remove. */
  remove(digest: string): Promise<boolean>
  /** Records a use in the file's time stamp, when the file is still there. */
  touch(digest: string, at: Date): Promise<void>
  /** Every tile in the folder, in no particular order. */
  list(): AsyncIterable<StoredTile>
}

export interface StoredTile {
  digest: string
  /** Of the file. */
  bytes: number
  /** Milliseconds since the Unix epoch. */
  usedAt: number
}

const DIGEST = /^[0-9a-f]{32,64}$/
const INCOMING = '.incoming'
/** A half-written file of this age is what a crash left behind; another process may still be writing a younger one. */
const ABANDONED_MILLISECONDS = 60 * 60_000

/** Opens a folder for tiles, made when needed. */
export async function openTileFolder(folder: string): Promise<TileFolder> {
  const incoming = path.join(folder, INCOMING)
  await mkdir(incoming, { recursive: true })
  await removeAbandoned(incoming)

  function fileOf(digest: string): string {
    if (!DIGEST.test(digest)) throw new Error(`"${digest}" is not the digest of a tile`)
    return path.join(folder, digest.slice(0, 2), digest)
  }

  return {
    async read(digest) {
      const file = fileOf(digest)
      return await readFile(file).catch(() => null)
    },

    async write(digest, bytes) {
      const half = path.join(incoming, randomUUID())
      try {
        await writeFile(half, bytes)
        const file = fileOf(digest)
        await mkdir(path.dirname(file), { recursive: true })
        await rename(half, file)
      } catch (error) {
        await rm(half, { force: true }).catch(() => {})
        throw error
      }
    },

    async remove(digest) {
      const removal = unlink(fileOf(digest))
      return await removal.then(
        () => true,
        () => false,
      )
    },

    async touch(digest, at) {
      await utimes(fileOf(digest), at, at).catch(() => {})
    },

    list: () => listTiles(folder),
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const half = path.join(incoming, name)
    const info = await stat(half).catch(() => null)
    if (info !== null && Date.now() - info.mtimeMs > ABANDONED_MILLISECONDS) await rm(half, { force: true })
  }
}

async function* listTiles(folder: string): AsyncIterable<StoredTile> {
  for (const part of await readdir(folder, { withFileTypes: true })) {
    if (!part.isDirectory() || !/^[0-9a-f]{2}$/.test(part.name)) continue
    for (const digest of await readdir(path.join(folder, part.name))) {
      if (!DIGEST.test(digest)) continue
      const info = await stat(path.join(folder, part.name, digest)).catch(() => null)
      if (info?.isFile()) yield { digest, bytes: info.size, usedAt: info.mtimeMs }
    }
  }
}
