import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { packTile, unpackTile } from './tile-file.ts'

/** Tiles that were made, by the digest of what they were made of. A stale one cannot be found, so nothing is ever invalidated. */
export interface TileCache {
  /** The content, or null when it is not there (any more) or damaged. */
  get(digest: string): Promise<Buffer | null>
  /** Keeps a tile, and lets those go that were not asked for the longest. Never throws: without the cache tiles are only slower. */
  put(digest: string, content: Uint8Array): Promise<void>
  /** Removes every tile on disk, also what other processes wrote; what is put meanwhile may stay. */
  clear(options?: { signal?: AbortSignal; onProgress?: (fraction: number) => void }): Promise<Cleared>
  /** What lies on disk, as far as this process knows. */
  size(): Cleared
  /** Resolves when the disk has been looked through; until then nothing is let go. */
  listed(): Promise<void>
  /** Stops looking through the disk. */
  close(): Promise<void>
}

export interface Cleared {
  tiles: number
  bytes: number
}

export interface TileCacheOptions {
  /** A folder of its own; made when needed. */
  folder: string
  /** Most bytes on disk, in the blocks that files take there; 0 keeps nothing. */
  maximumBytes: number
  /** Most bytes of tiles kept in memory beside, with what an entry takes for itself. */
  memoryBytes: number
  log: Log
}

/**
 * How much memory tiles on their way out may take: a 64th of the machine's, so 32 MB of a board of 2 GB.
 *
 * @param machineBytes memory this process may use.
 */
export function tileMemoryBudget(machineBytes: number): number {
  return Math.min(Math.max(Math.floor(machineBytes / 64), 8 * 2 ** 20), 256 * 2 ** 20)
}

const DIGEST = /^[0-9a-f]{32,64}$/
/** Freeing a little more than needed, so that not every new tile has to delete one. */
const FREED_SHARE = 0.05
/** How exactly the order of use is remembered over a restart. */
const TOUCH_MILLISECONDS = 60 * 60_000
const HALF_WRITTEN = '.incoming'
/**
 * A file takes whole blocks of the disk. Counted by its bytes, a gigabyte of open sea would be millions of tiles: four gigabytes of
 * disk, and half a gigabyte of memory to know them by.
 */
const BLOCK_BYTES = 4_096
/** What an entry in memory takes beside its content: an empty tile is not free. */
const ENTRY_BYTES = 512

/**
 * The tiles in a folder. What is there is looked through in the background: of a full cache that takes half a minute, for which a
 * server should not keep its clients waiting.
 */
export async function openTileCache(options: TileCacheOptions): Promise<TileCache> {
  const { folder, maximumBytes, memoryBytes, log } = options
  const incoming = path.join(folder, HALF_WRITTEN)
  await mkdir(folder, { recursive: true })
  await mkdir(incoming, { recursive: true })
  // What a crash left behind; what is younger another process may be writing.
  for (const name of await readdir(incoming)) {
    const half = path.join(incoming, name)
    const info = await stat(half).catch(() => null)
    if (info !== null && Date.now() - info.mtimeMs > TOUCH_MILLISECONDS) await rm(half, { force: true })
  }

  /** In the order of use, the longest unused first. */
  const known = new Map<string, { bytes: number; touchedAt: number }>()
  /** In whole blocks. */
  let total = 0
  const memory = new Map<string, Buffer>()
  let inMemory = 0
  let evicting: Promise<void> | null = null
  let isListed = false
  let isClosed = false
  let clearings = 0
  const listing = lookThrough().catch((error: unknown) => {
    log.warn({ err: error }, `the tiles in ${folder} could not be counted: ${messageOf(error)}`)
  })

  return {
    listed: () => listing,

    async close() {
      isClosed = true
      await listing
    },

    async get(digest) {
      const near = memory.get(digest)
      if (near !== undefined) {
        memory.delete(digest)
        memory.set(digest, near)
        touch(digest)
        return near
      }
      if (maximumBytes === 0) return null
      const file = fileOf(digest)
      const packed = await readFile(file).catch(() => null)
      if (packed === null) {
        forget(digest)
        return null
      }
      const content = unpackTile(packed)
      if (content === null) {
        log.warn({ tile: digest }, 'a cached tile is damaged; it is made anew')
        forget(digest)
        await unlink(file).catch(() => {})
        return null
      }
      if (!known.has(digest)) note(digest, packed.byteLength, 0)
      touch(digest)
      remember(digest, content)
      return content
    },

    async put(digest, content) {
      remember(digest, content)
      const packed = packTile(content)
      if (blocksOf(packed.byteLength) > maximumBytes) return
      const half = path.join(incoming, randomUUID())
      try {
        await writeFile(half, packed)
        const file = fileOf(digest)
        await mkdir(path.dirname(file), { recursive: true })
        await rename(half, file)
        note(digest, packed.byteLength, Date.now())
        await evict()
      } catch (error) {
        log.warn({ err: error }, `a tile could not be kept in ${folder}: ${messageOf(error)}`)
        await rm(half, { force: true }).catch(() => {})
      }
    },

    async clear({ signal, onProgress } = {}) {
      clearings++
      const tiles = await Array.fromAsync(listTiles(folder))
      const removed = { tiles: 0, bytes: 0 }
      for (const [i, { digest, bytes, file }] of tiles.entries()) {
        signal?.throwIfAborted()
        forget(digest)
        drop(digest)
        // Somebody else may have deleted it since it was listed.
        if (
          await unlink(file).then(
            () => true,
            () => false,
          )
        ) {
          removed.tiles++
          removed.bytes += bytes
        }
        onProgress?.((i + 1) / tiles.length)
      }
      for (const digest of [...memory.keys()]) drop(digest)
      return removed
    },

    size: () => ({ tiles: known.size, bytes: total }),
  }

  async function lookThrough(): Promise<void> {
    const before = clearings
    const found: { digest: string; bytes: number; usedAt: number }[] = []
    try {
      for await (const { digest, bytes, usedAt } of listTiles(folder)) {
        if (isClosed) return
        found.push({ digest, bytes, usedAt })
      }
    } finally {
      isListed = true
    }
    // Cleared meanwhile: what was found may have gone.
    if (clearings !== before) return
    const meanwhile = [...known]
    for (const { digest, bytes, usedAt } of found.sort((a, b) => a.usedAt - b.usedAt)) note(digest, bytes, usedAt)
    // Used later than any of those, and known better.
    for (const [digest, { bytes, touchedAt }] of meanwhile) note(digest, bytes, touchedAt)
    await evict()
  }

  function fileOf(digest: string): string {
    if (!DIGEST.test(digest)) throw new Error(`"${digest}" is not the digest of a tile`)
    return path.join(folder, digest.slice(0, 2), digest)
  }

  function note(digest: string, bytes: number, usedAt: number): void {
    forget(digest)
    known.set(digest, { bytes: blocksOf(bytes), touchedAt: usedAt })
    total += blocksOf(bytes)
  }

  function forget(digest: string): void {
    total -= known.get(digest)?.bytes ?? 0
    known.delete(digest)
  }

  function touch(digest: string): void {
    const entry = known.get(digest)
    if (entry === undefined) return
    known.delete(digest)
    known.set(digest, entry)
    const now = Date.now()
    if (now - entry.touchedAt < TOUCH_MILLISECONDS) return
    entry.touchedAt = now
    // Another process may have deleted it; then there is nothing to remember.
    void utimes(fileOf(digest), new Date(now), new Date(now)).catch(() => {})
  }

  function remember(digest: string, content: Uint8Array): void {
    if (content.byteLength > memoryBytes / 8) return
    drop(digest)
    memory.set(digest, copyOf(content))
    inMemory += content.byteLength + ENTRY_BYTES
    for (const oldest of memory.keys()) {
      if (inMemory <= memoryBytes) break
      drop(oldest)
    }
  }

  function drop(digest: string): void {
    const content = memory.get(digest)
    if (content === undefined) return
    inMemory -= content.byteLength + ENTRY_BYTES
    memory.delete(digest)
  }

  /** One at a time: those who come meanwhile wait for the one under way. */
  async function evict(): Promise<void> {
    evicting ??= evictOnce().finally(() => {
      evicting = null
    })
    await evicting
  }

  async function evictOnce(): Promise<void> {
    if (!isListed || total <= maximumBytes) return
    const goal = maximumBytes * (1 - FREED_SHARE)
    for (const digest of known.keys()) {
      if (total <= goal) break
      forget(digest)
      drop(digest)
      await unlink(fileOf(digest)).catch(() => {})
    }
  }
}

const blocksOf = (bytes: number) => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES

/**
 * In memory of its own. A small Buffer is a piece of 64 kB that passing ones share, and each piece that is kept keeps all of it: small
 * tiles took twelve times their size.
 */
function copyOf(content: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(content.byteLength)
  copy.set(content)
  return copy
}

async function* listTiles(folder: string): AsyncIterable<{ digest: string; bytes: number; usedAt: number; file: string }> {
  for (const part of await readdir(folder, { withFileTypes: true })) {
    if (!part.isDirectory() || !/^[0-9a-f]{2}$/.test(part.name)) continue
    for (const digest of await readdir(path.join(folder, part.name))) {
      if (!DIGEST.test(digest)) continue
      const file = path.join(folder, part.name, digest)
      const info = await stat(file).catch(() => null)
      if (info?.isFile()) yield { digest, bytes: info.size, usedAt: info.mtimeMs, file }
    }
  }
}
