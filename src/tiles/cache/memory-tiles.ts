/** Tiles in memory; beyond the budget, the longest unused go. */
export interface MemoryTiles {
  get(digest: string): Buffer | undefined
  /** Keeps a copy, unless it would take more than an eighth of the budget. */
  put(digest: string, content: Uint8Array): void
  delete(digest: string): void
  /** Removes those that the condition names; all of them without one. */
  clear(only?: (digest: string) => boolean): void
}

/** What an entry takes beside its content: an empty tile is not free. */
const ENTRY_BYTES = 512

/** @param budgetBytes content and entries together. */
export function createMemoryTiles(budgetBytes: number): MemoryTiles {
  /** In the order of use. */
  const tiles = new Map<string, Buffer>()
  let total = 0

  function remove(digest: string): void {
    const content = tiles.get(digest)
    if (content === undefined) return
    total -= content.byteLength + ENTRY_BYTES
    tiles.delete(digest)
  }

  return {
    get(digest) {
      const content = tiles.get(digest)
      if (content === undefined) return undefined
      tiles.delete(digest)
      tiles.set(digest, content)
      return content
    },
    put(digest, content) {
      if (content.byteLength > budgetBytes / 8) return
      remove(digest)
      tiles.set(digest, copyOf(content))
      total += content.byteLength + ENTRY_BYTES
      for (const oldest of tiles.keys()) {
        if (total <= budgetBytes) break
        remove(oldest)
      }
    },
    delete: remove,
    clear(only = () => true) {
      for (const digest of [...tiles.keys()]) if (only(digest)) remove(digest)
    },
  }
}

/**
 * A copy in memory of its own. A small Buffer is a slice of a shared 64 kB pool, and one slice keeps the whole pool alive: small
 * tiles took twelve times their size.
 */
function copyOf(content: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(content.byteLength)
  copy.set(content)
  return copy
}
