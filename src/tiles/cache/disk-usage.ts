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
  /** The longest unused first; tiles may be deleted during the iteration. */
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

/** Blocks of an entry are below this number: those of 4 GB. */
const MOST_BLOCKS = 2 ** 20

/**
 * A tile's blocks and the hour of its use in one number. There are hundreds of thousands of tiles, so an object for each would take up most
 * of the memory of the list.
 */
function pack(bytes: number, usedAt: number): number {
  return hourOf(usedAt) * MOST_BLOCKS + Math.min(MOST_BLOCKS - 1, bytesOnDisk(bytes) / BLOCK_BYTES)
}

const bytesOf = (packed: number) => (packed % MOST_BLOCKS) * BLOCK_BYTES
const usedHourOf = (packed: number) => Math.floor(packed / MOST_BLOCKS)
const hourOf = (milliseconds: number) => Math.floor(milliseconds / PRECISION_MILLISECONDS)

export function createDiskUsage(): DiskUsage {
  /** In the order of use; what `pack` gives. */
  const entries = new Map<string, number>()
  let total = 0

  function remove(digest: string): void {
    total -= bytesOf(entries.get(digest) ?? 0)
    entries.delete(digest)
  }

  function put(digest: string, packed: number): void {
    remove(digest)
    entries.set(digest, packed)
    total += bytesOf(packed)
  }

  return {
    get tiles() {
      return entries.size
    },
    get bytes() {
      return total
    },
    has: (digest) => entries.has(digest),
    add: ({ digest, bytes, usedAt }) => put(digest, pack(bytes, usedAt)),
    delete: remove,
    use(digest) {
      const packed = entries.get(digest)
      if (packed === undefined) return false
      const now = Date.now()
      const isOld = usedHourOf(packed) !== hourOf(now)
      put(digest, isOld ? pack(bytesOf(packed), now) : packed)
      return isOld
    },
    addOlder(tiles) {
      const newer = [...entries]
      for (const { digest, bytes, usedAt } of tiles.sort((a, b) => a.usedAt - b.usedAt)) put(digest, pack(bytes, usedAt))
      for (const [digest, packed] of newer) put(digest, packed)
    },
    digests: () => entries.keys(),
  }
}
