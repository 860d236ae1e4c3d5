import type { BlobStore } from '#storage/blob-store.ts'
import { openCompiledCell } from './open-compiled-cell.ts'

/**
 * Compiled cells in memory that threads share. It lives in the main thread; what it hands out is passed to worker threads in
 * messages, which copies nothing, and opened there (`createOpenedCells`).
 */
export interface CompiledCellCache {
  /**
   * The bytes of a compiled cell, tested. Several calls for the same key at once read it once.
   *
   * @param key its name in the storage (`cell.compiled_key`).
   * @throws BlobMissingError, or CompiledCellError when it is truncated, damaged or of another version: report it
   *   (`createRecompileRequests`) and go on without it.
   */
  load(key: string): Promise<SharedArrayBuffer>
  /** Forgets a cell; whoever holds its bytes keeps them. */
  drop(key: string): void
  stats(): CompiledCacheStats
}

export interface CompiledCacheStats {
  cells: number
  bytes: number
  budgetBytes: number
  hits: number
  misses: number
}

const MEGABYTE = 1024 * 1024

/**
 * How much memory compiled cells may take: a sixteenth of the machine's, so 128 MB of the 2 GB of a small board, where all cells
 * of a day's waters fit (NOAA's largest take 3 MB, the middle one 0.1 MB).
 *
 * @param machineBytes memory this process may use.
 */
export function compiledCacheBudget(machineBytes: number): number {
  return Math.min(Math.max(Math.floor(machineBytes / 16), 32 * MEGABYTE), 2_048 * MEGABYTE)
}

/** @param options.budgetBytes see `compiledCacheBudget`; a single cell that is larger is handed out but not kept. */
export function createCompiledCellCache(options: { storage: BlobStore; budgetBytes: number }): CompiledCellCache {
  const { storage, budgetBytes } = options
  /** In the order of use, the least recent first: a Map keeps the order of insertion. */
  const held = new Map<string, SharedArrayBuffer>()
  const loading = new Map<string, Promise<SharedArrayBuffer>>()
  let bytes = 0
  let hits = 0
  let misses = 0

  async function read(key: string): Promise<SharedArrayBuffer> {
    const content = await storage.read(key)
    const shared = new SharedArrayBuffer(content.length)
    new Uint8Array(shared).set(content)
    // Tests all of it once; the threads do not again.
    openCompiledCell(shared)
    return shared
  }

  function keep(key: string, shared: SharedArrayBuffer): void {
    drop(key)
    if (shared.byteLength > budgetBytes) return
    for (const oldest of held.keys()) {
      if (bytes + shared.byteLength <= budgetBytes) break
      drop(oldest)
    }
    held.set(key, shared)
    bytes += shared.byteLength
  }

  function drop(key: string): void {
    const shared = held.get(key)
    if (shared === undefined) return
    held.delete(key)
    bytes -= shared.byteLength
  }

  return {
    async load(key) {
      const shared = held.get(key)
      if (shared !== undefined) {
        hits++
        held.delete(key)
        held.set(key, shared)
        return shared
      }
      const begun = loading.get(key)
      if (begun !== undefined) {
        hits++
        return await begun
      }
      misses++
      const reading = read(key)
      loading.set(key, reading)
      try {
        const fresh = await reading
        keep(key, fresh)
        return fresh
      } finally {
        loading.delete(key)
      }
    },
    drop,
    stats: () => ({ cells: held.size, bytes, budgetBytes, hits, misses }),
  }
}
