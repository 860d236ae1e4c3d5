/** Tiles in memory; beyond the budget, the longest unused are removed. */
export interface MemoryTiles {
  /** A copy of the content, or of the part of it that `part` selects. */
  get(digest: string, part?: PartOf): Buffer | undefined
  /** Keeps a copy, unless it would take more than an eighth of the budget. */
  put(digest: string, content: Uint8Array): void
  delete(digest: string): void
  /** Removes those that the condition names; all of them without one. */
  clear(only?: (digest: string) => boolean): void
}

/** Selects bytes of content without a copy. */
export type PartOf = (content: Buffer) => Buffer

/** Where a tile lies. */
interface Entry {
  at: number
  bytes: number
  /** How much had been written into the ring before it, in all. */
  written: number
}

/** What an entry takes in addition to its content: even an empty tile is not free. */
const ENTRY_BYTES = 512

/**
 * The tiles lie in one piece of memory that is written round and round, so that a new one takes the place of the oldest. If each had its
 * own memory, removed tiles would stay until the next full garbage collection and take twice the budget on a small machine.
 * @param budgetBytes content and entries together.
 */
export function createMemoryTiles(budgetBytes: number): MemoryTiles {
  /** In the order of their places, from the oldest to the one written last. */
  const tiles = new Map<string, Entry>()
  let ring: Buffer | null = null
  /** Where the next tile goes. */
  let head = 0
  let written = 0
  /** The size of the tiles in it. */
  let total = 0

  function remove(digest: string): void {
    const entry = tiles.get(digest)
    if (entry === undefined) return
    total -= entry.bytes + ENTRY_BYTES
    tiles.delete(digest)
  }

  /** Removes the oldest tiles as long as the condition holds. */
  function removeWhile(condition: (oldest: Entry) => boolean): void {
    for (const [digest, entry] of tiles) {
      if (!condition(entry)) break
      remove(digest)
    }
  }

  function append(digest: string, content: Uint8Array): void {
    const bytes = content.byteLength
    // No two tiles lie at the same place, also when one is empty.
    const room = Math.max(1, bytes)
    if (head + room > budgetBytes) {
      // What lies between here and the end is the oldest.
      const end = head
      removeWhile(({ at }) => at >= end)
      head = 0
    }
    removeWhile(({ at }) => at >= head && at < head + room)
    removeWhile(() => total + bytes + ENTRY_BYTES > budgetBytes)
    // The system allocates memory only for the parts that have been written to.
    ring ??= Buffer.allocUnsafeSlow(budgetBytes)
    ring.set(content, head)
    tiles.set(digest, { at: head, bytes, written })
    head += room
    written += room
    total += bytes + ENTRY_BYTES
  }

  return {
    get(digest, part = (content) => content) {
      const entry = tiles.get(digest)
      if (entry === undefined || ring === null) return undefined
      const { at, bytes, written: writtenBefore } = entry
      const content = ring.subarray(at, at + bytes)
      const copy = copyOf(part(content))
      // A tile in use stays: it is written again when the ring has come half way round.
      if (written - writtenBefore > budgetBytes / 2) {
        const moved = copyOf(content)
        remove(digest)
        append(digest, moved)
      }
      return copy
    },
    put(digest, content) {
      if (content.byteLength > budgetBytes / 8 || budgetBytes < ENTRY_BYTES) return
      remove(digest)
      append(digest, content)
    },
    delete: remove,
    clear(only = () => true) {
      for (const digest of [...tiles.keys()]) if (only(digest)) remove(digest)
    },
  }
}

/** In its own memory, which can be freed alone. */
function copyOf(content: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(content.byteLength)
  copy.set(content)
  return copy
}
