import type { StoredTile } from './tile-folder.ts'

/** Which tiles lie on disk, in the order of their use, and the space they take. */
export interface DiskUsage {
  readonly tiles: number
  /** In whole blocks. */
  readonly bytes: number
  has(digest: string): boolean
  /** Adds a tile, or replaces it, as the one used last. */
  add(tile: StoredTile): void
  delete(digest: string): void
  /** Makes a tile the one used last. Returns whether its recorded time of use is out of date and was renewed. */
  use(digest: string): boolean
  /** Puts the tiles that a listing found before those added since it began. */
  addOlder(tiles: StoredTile[]): void
  /** The longest unused first; tiles may be deleted meanwhile. */
  digests(): IterableIterator<string>
}

/** How exactly the order of use is remembered over a restart. */
const PRECISION_MILLISECONDS = 60 * 60_000
/**
 * A file takes whole blocks of the disk. Counted by its bytes, a gigabyte of open sea would be millions of tiles: four gigabytes of
 * disk, and half a gigabyte of memory for this list.
 */
const BLOCK_BYTES = 4_096

/** The space that a file of so many bytes takes on disk. */
export function bytesOnDisk(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
}

export function createDiskUsage(): DiskUsage {
  /** In the order of use; bytes in whole blocks. */
  const entries = new Map<string, StoredTile>()
  let total = 0

  function remove(digest: string): void {
    total -= entries.get(digest)?.bytes ?? 0
    entries.delete(digest)
  }

  function put(entry: StoredTile): void {
    remove(entry.digest)
    entries.set(entry.digest, entry)
    total += entry.bytes
  }

  return {
    get tiles() {
      return entries.size
    },
    get bytes() {
      return total
    },
    has: (digest) => entries.has(digest),
    add: ({ digest, bytes, usedAt }) => put({ digest, bytes: bytesOnDisk(bytes), usedAt }),
    delete: remove,
    use(digest) {
      const entry = entries.get(digest)
      if (entry === undefined) return false
      put(entry)
      const now = Date.now()
      if (now - entry.usedAt < PRECISION_MILLISECONDS) return false
      entry.usedAt = now
      return true
    },
    addOlder(tiles) {
      const newer = [...entries.values()]
      for (const { digest, bytes, usedAt } of tiles.sort((a, b) => a.usedAt - b.usedAt)) {
        put({ digest, bytes: bytesOnDisk(bytes), usedAt })
      }
      for (const entry of newer) put(entry)
    },
    digests: () => entries.keys(),
  }
}
