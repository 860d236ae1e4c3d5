import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { bytesOnDisk, createDiskUsage, type DiskUsage } from './disk-usage.ts'
import { createMemoryTiles, type MemoryTiles, type PartOf } from './memory-tiles.ts'
import { packTile, unpackTile } from './tile-file.ts'
import { openTileFolder, type StoredTile, type TileFolder } from './tile-folder.ts'

/** Content of products by digest. An outdated digest is never asked for again, so nothing has to be invalidated. */
export interface TileCache {
  /** The content, or null when it is not cached or damaged. */
  get(digest: string): Promise<Buffer | null>
  /** The content, or the part of it that `part` selects, if it lies in memory; otherwise null. */
  near(digest: string, part?: PartOf): Buffer | null
  /** Caches content, and evicts the longest unused tiles. Never throws: without the cache tiles are only slower. */
  put(digest: string, content: Uint8Array): Promise<void>
  /** Removes every tile on disk, or some, including those of other processes; a tile put meanwhile may stay. */
  clear(options?: ClearOptions): Promise<CacheSize>
  /** What lies on disk, as far as this process knows. */
  size(): CacheSize
  /** Resolves when the folder has been listed; nothing is evicted before. */
  listed(): Promise<void>
  /** Stops listing the folder. */
  close(): Promise<void>
}

export interface CacheSize {
  tiles: number
  bytes: number
}

export interface ClearOptions {
  /** Which tiles to remove; all of them by default. */
  only?(digest: string): boolean
  signal?: AbortSignal
  onProgress?(fraction: number): void
}

export interface TileCacheOptions {
  /** A folder of its own; made when needed. */
  folder: string
  /** Most bytes on disk, in the blocks that files take there; 0 caches nothing on disk. */
  maximumBytes: number
  /** Most bytes of tiles in memory, entries included. */
  memoryBytes: number
  log: Log
}

/** Evicts a little more than needed, so that not every new tile has to delete one. */
const EVICTED_SHARE = 0.05

/**
 * Opens the cache. The folder is listed in the background: with a full cache that takes half a minute, and a server should not keep
 * its clients waiting for it.
 */
export async function openTileCache({ folder: path, maximumBytes, memoryBytes, log }: TileCacheOptions): Promise<TileCache> {
  const folder = await openTileFolder(path)
  const usage = createDiskUsage()
  const memory = createMemoryTiles(memoryBytes)
  const eviction = createEviction({ folder, usage, memory, maximumBytes })
  let isClosed = false
  let clearings = 0
  const listing = listFolder().catch((error: unknown) => {
    log.warn({ err: error }, `the tiles in ${path} could not be counted: ${messageOf(error)}`)
  })

  async function listFolder(): Promise<void> {
    const clearingsBefore = clearings
    const found = await listWhile(() => !isClosed, folder).finally(eviction.allow)
    // The tile may have been cleared since the listing found it.
    if (isClosed || clearings !== clearingsBefore) return
    usage.addOlder(found)
    await eviction.run()
  }

  function use(digest: string): void {
    if (usage.use(digest)) void folder.touch(digest, new Date())
  }

  function near(digest: string, part?: PartOf): Buffer | null {
    const content = memory.get(digest, part)
    if (content === undefined) return null
    use(digest)
    return content
  }

  async function read(digest: string): Promise<Buffer | null> {
    const file = await folder.read(digest)
    const content = file === null ? null : unpackTile(file)
    if (file === null || content === null) {
      usage.delete(digest)
      if (file !== null) {
        log.warn({ tile: digest }, 'a cached tile is damaged; it will be drawn again')
        await folder.remove(digest)
      }
      return null
    }
    if (!usage.has(digest)) usage.add({ digest, bytes: file.byteLength, usedAt: 0 })
    use(digest)
    memory.put(digest, content)
    return content
  }

  return {
    listed: () => listing,

    async close() {
      isClosed = true
      await listing
    },

    near,

    async get(digest) {
      const content = near(digest)
      if (content !== null || maximumBytes === 0) return content
      return await read(digest)
    },

    async put(digest, content) {
      memory.put(digest, content)
      const file = packTile(content)
      if (bytesOnDisk(file.byteLength) > maximumBytes) return
      try {
        await folder.write(digest, file)
        usage.add({ digest, bytes: file.byteLength, usedAt: Date.now() })
        await eviction.run()
      } catch (error) {
        log.warn({ err: error }, `a tile could not be cached in ${path}: ${messageOf(error)}`)
      }
    },

    async clear(options = {}) {
      const { only } = options
      // The tiles that stay still have to be counted.
      if (only === undefined) clearings++
      else await listing
      const removed = await clearFolder({ folder, usage, memory }, options)
      memory.clear(only)
      return removed
    },

    size: () => ({ tiles: usage.tiles, bytes: usage.bytes }),
  }
}

/** The tiles of a folder that were found before `goesOn` returned false. */
async function listWhile(goesOn: () => boolean, folder: TileFolder): Promise<StoredTile[]> {
  const found: StoredTile[] = []
  for await (const tile of folder.list()) {
    if (!goesOn()) break
    found.push(tile)
  }
  return found
}

interface CacheParts {
  folder: TileFolder
  usage: DiskUsage
  memory: MemoryTiles
}

async function clearFolder(
  { folder, usage, memory }: CacheParts,
  { only = () => true, signal, onProgress }: ClearOptions,
): Promise<CacheSize> {
  const tiles = (await Array.fromAsync(folder.list())).filter(({ digest }) => only(digest))
  const removed = { tiles: 0, bytes: 0 }
  for (const [i, { digest, bytes }] of tiles.entries()) {
    signal?.throwIfAborted()
    usage.delete(digest)
    memory.delete(digest)
    // Another process may have deleted it since it was listed.
    if (await folder.remove(digest)) {
      removed.tiles++
      removed.bytes += bytes
    }
    onProgress?.((i + 1) / tiles.length)
  }
  return removed
}

/** Evicts tiles while the folder holds more than `maximumBytes`. */
function createEviction({ folder, usage, memory, maximumBytes }: CacheParts & { maximumBytes: number }) {
  let isAllowed = false
  let running: Promise<void> | null = null

  async function evict(): Promise<void> {
    if (!isAllowed || usage.bytes <= maximumBytes) return
    const goal = maximumBytes * (1 - EVICTED_SHARE)
    for (const digest of usage.digests()) {
      if (usage.bytes <= goal) break
      usage.delete(digest)
      memory.delete(digest)
      await folder.remove(digest)
    }
  }

  return {
    /** To be called when the order of use is known. */
    allow(): void {
      isAllowed = true
    },
    /** One run at a time: callers join the one in progress. */
    async run(): Promise<void> {
      running ??= evict().finally(() => {
        running = null
      })
      await running
    },
  }
}
