import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Copies of blobs in a folder, for readers that need a file and for content that never changes. */
export interface FileCache {
  /**
   * Calls `work` with a file that holds this version of the blob, downloading it when there is none. The file stays at least until the
   * work has ended.
   */
  use<T>(
    key: string,
    version: string,
    download: () => Promise<AsyncIterable<Uint8Array>>,
    work: (file: string) => Promise<T>,
  ): Promise<T>
  /** The content of this version when a copy exists and is undamaged. */
  read(key: string, version: string): Promise<Buffer | null>
  /** Forgets the copies of a blob. */
  drop(key: string): Promise<void>
}

interface Copy {
  file: string
  bytes: number
  digest: string
  users: number
}

const PARTIAL = '.partial-'
const PARTIAL_AGE = 60 * 60_000

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/**
 * Opens the cache of a folder, which it creates when needed. When the copies exceed `maximumBytes`, those used longest ago are deleted
 * first.
 */
export async function openFileCache(folder: string, maximumBytes: number): Promise<FileCache> {
  /** By the name without the digest, used longest ago first: a Map keeps the order of insertion. */
  const copies = await readCopies(folder)
  const loading = new Map<string, Promise<Copy>>()
  let total = 0
  for (const { bytes } of copies.values()) total += bytes

  const nameOf = (key: string, version: string) => `${short(key)}-${short(version)}`

  async function remove(name: string, copy: Copy): Promise<void> {
    if (copies.get(name) === copy) {
      copies.delete(name)
      total -= copy.bytes
    }
    await rm(copy.file, { force: true })
  }

  async function shrink(): Promise<void> {
    for (const [name, copy] of copies) {
      if (total <= maximumBytes) return
      if (copy.users === 0) await remove(name, copy)
    }
  }

  async function load(name: string, download: () => Promise<AsyncIterable<Uint8Array>>): Promise<Copy> {
    const copy = await writeCopy(folder, name, await download())
    copies.set(name, copy)
    total += copy.bytes
    return copy
  }

  /** Counts one more user of the copy. */
  async function take(name: string, download: () => Promise<AsyncIterable<Uint8Array>>): Promise<Copy> {
    const known = copies.get(name)
    if (known !== undefined && (await stat(known.file).catch(() => null))?.size === known.bytes) return touch(name, known)
    if (known !== undefined) await remove(name, known)
    let work = loading.get(name)
    if (work === undefined) {
      work = load(name, download).finally(() => loading.delete(name))
      loading.set(name, work)
    }
    return touch(name, await work)
  }

  function touch(name: string, copy: Copy): Copy {
    copy.users++
    if (copies.get(name) === copy) {
      copies.delete(name)
      copies.set(name, copy)
    }
    const now = new Date()
    // The next start reads the order of use from the times of the files.
    void utimes(copy.file, now, now).catch(() => {})
    return copy
  }

  return {
    async use(key, version, download, work) {
      const copy = await take(nameOf(key, version), download)
      try {
        return await work(copy.file)
      } finally {
        copy.users--
        await shrink()
      }
    },

    async read(key, version) {
      const name = nameOf(key, version)
      const copy = copies.get(name)
      if (copy === undefined) return null
      const content = await readFile(touch(name, copy).file).catch(() => null)
      copy.users--
      if (content !== null && digestOf(content) === copy.digest) return content
      await remove(name, copy)
      return null
    },

    async drop(key) {
      const prefix = `${short(key)}-`
      for (const [name, copy] of copies) if (name.startsWith(prefix) && copy.users === 0) await remove(name, copy)
    },
  }
}

function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

async function writeCopy(folder: string, name: string, content: AsyncIterable<Uint8Array>): Promise<Copy> {
  await mkdir(folder, { recursive: true })
  const partial = path.join(folder, `${PARTIAL}${randomUUID()}`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          bytes += chunk.byteLength
          yield chunk
        }
      },
      createWriteStream(partial, { flags: 'wx' }),
    )
    const digest = hash.digest('hex').slice(0, 32)
    const file = path.join(folder, `${name}-${digest}`)
    await rename(partial, file)
    return { file, bytes, digest, users: 0 }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** The copies that an earlier process left, used longest ago first. Deletes what it never completed. */
async function readCopies(folder: string): Promise<Map<string, Copy>> {
  const found: { name: string; copy: Copy; usedAt: number }[] = []
  for (const entry of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, entry)
    const info = await stat(file).catch(() => null)
    if (info === null) continue
    const [, name, digest] = /^([0-9a-f]{32}-[0-9a-f]{32})-([0-9a-f]{32})$/.exec(entry) ?? []
    if (name !== undefined && digest !== undefined)
      found.push({ name, copy: { file, bytes: info.size, digest, users: 0 }, usedAt: info.mtimeMs })
    else if (entry.startsWith(PARTIAL) && Date.now() - info.mtimeMs > PARTIAL_AGE) await rm(file, { force: true })
  }
  found.sort((a, b) => a.usedAt - b.usedAt)
  return new Map(found.map(({ name, copy }) => [name, copy]))
}
