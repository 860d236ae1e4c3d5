import { randomUUID } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { checkKey, checkPrefix } from './blob-key.ts'
import { type BlobInfo, BlobMissingError, type BlobStore } from './blob-store.ts'
import { explainWriteFailure } from './storage-unusable.ts'

/** Folder of blobs that are being written. No key can name it, because no part of a key starts with a dot. */
const TEMPORARY = '.incoming'

/** Keeps blobs as files in a folder, which it creates when first needed. */
export function createFolderStore(root: string): BlobStore {
  const temporary = path.join(root, TEMPORARY)
  const pathOf = (key: string) => path.join(root, ...checkKey(key).split('/'))
  /** Not around the content, whose errors are those of the caller. */
  async function writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw explainWriteFailure(error, root)
    }
  }

  async function* list(prefix: string): AsyncIterable<BlobInfo> {
    const folder = path.join(root, ...checkPrefix(prefix).split('/'))
    for await (const file of filesIn(folder)) {
      const info = await infoOf(file)
      if (info === null) continue
      yield { key: path.relative(root, file).split(path.sep).join('/'), bytes: info.size, modified: info.mtimeMs }
    }
  }

  return {
    async put(key, content) {
      const target = pathOf(key)
      const partial = path.join(temporary, randomUUID())
      try {
        const bytes = await writeAll(await writing(() => openNew(partial)), content, writing)
        await writing(() => moveInto(partial, target))
        await writing(() => syncFolder(path.dirname(target)))
        return bytes
      } catch (error) {
        // Where nothing can be written, the first reason counts.
        await rm(partial, { force: true }).catch(() => undefined)
        throw error
      }
    },

    async get(key, range) {
      const handle = await openExisting(key, pathOf(key))
      // Node's streams include the last byte.
      return createReadStream('', { fd: handle, ...(range === undefined ? {} : { start: range.start, end: range.end - 1 }) })
    },

    async read(key) {
      return await missingAs(key, () => readFile(pathOf(key)))
    },

    async withFile(key, work) {
      const file = pathOf(key)
      if ((await sizeOf(file)) === null) throw new BlobMissingError(key)
      return await work(file)
    },

    size: async (key) => await sizeOf(pathOf(key)),

    async delete(key) {
      const file = pathOf(key)
      try {
        await unlink(file)
      } catch (error) {
        if (isAbsent(error)) return false
        throw error
      }
      await removeEmptyFolders(path.dirname(file), root)
      return true
    },

    list,

    async sweep(olderThanMilliseconds) {
      let removed = 0
      for await (const file of filesIn(temporary)) {
        const info = await stat(file).catch(() => null)
        if (info === null || Date.now() - info.mtimeMs < olderThanMilliseconds) continue
        await rm(file, { force: true })
        removed++
      }
      return removed
    },
  }
}

/** The folder is made only when it is missing: a refresh writes thousands of files, and each system call costs time. */
async function openNew(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx')
  } catch (error) {
    if (!isAbsent(error)) throw error
    const folder = path.dirname(file)
    // On a read-only disk, Node's recursive mkdir says ENOENT; the plain one tells the truth.
    await mkdir(folder, { recursive: true }).catch(() => mkdir(folder))
    return await open(file, 'wx')
  }
}

async function writeAll(
  handle: FileHandle,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  writing: (work: () => Promise<void>) => Promise<void>,
): Promise<number> {
  try {
    let bytes = 0
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      await writing(() => handle.writeFile(chunk))
      bytes += chunk.byteLength
    }
    // A rename can reach the disk before the data: after a power cut the blob would exist but be empty.
    await writing(() => handle.sync())
    return bytes
  } finally {
    await handle.close()
  }
}

/** Renames into place. Makes the folder and retries, also because a concurrent delete may remove it while it is empty. */
async function moveInto(partial: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(partial, target)
      return
    } catch (error) {
      if (!isAbsent(error) || attempt > 5) throw error
    }
    await mkdir(path.dirname(target), { recursive: true })
  }
}

/** Makes the rename durable. Windows cannot open folders, so there the rename alone has to suffice. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (isAbsent(error)) return null
    throw error
  })
  if (handle === null) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let each = folder; each !== root && each.startsWith(root); each = path.dirname(each)) {
    try {
      await rmdir(each)
    } catch {
      // Not empty, or already gone: nothing more to remove.
      return
    }
  }
}

async function* filesIn(folder: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return []
    throw error
  })
  for (const entry of entries) {
    const full = path.join(folder, entry.name)
    if (entry.isFile()) yield full
    else if (entry.isDirectory() && entry.name !== TEMPORARY) yield* filesIn(full)
  }
}

async function sizeOf(file: string): Promise<number | null> {
  return (await infoOf(file))?.size ?? null
}

async function infoOf(file: string): Promise<Stats | null> {
  try {
    const info = await stat(file)
    return info.isFile() ? info : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

async function openExisting(key: string, file: string): Promise<FileHandle> {
  return await missingAs(key, () => open(file, 'r'))
}

async function missingAs<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isAbsent(error)) throw new BlobMissingError(key, error)
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}
