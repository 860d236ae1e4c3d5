import type { BlobStore } from '#storage/blob-store.ts'
import { openCompiledCell } from './open-compiled-cell.ts'

/**
 * Caches compiled cells in shared memory, in the main thread. Messages pass the buffers to worker threads without copying; each thread
 * opens them (`createOpenedCells`).
 */
export interface CompiledCellCache {
  /**
   * Returns the verified bytes of a compiled cell. Coalesces concurrent calls for one key.
   *
   * @param key its storage key (`cell.compiled_key`).
   * @throws BlobMissingError, or CompiledCellError when it is truncated, damaged or of another version: report it
   *   (`createRecompileRequests`) and continue without the cell.
   */
  load(key: string): Promise<SharedArrayBuffer>
  /** Removes a cell from the cache; buffers handed out before stay valid. */
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
 * Returns how much memory the cache may use: a thirty-second of the machine's, from 32 MB to 2 GB. A board with 2 GB gets 64 MB, enough
 * for the cells of a day's waters (NOAA's largest takes 3 MB, the median 0.1 MB).
 *
 * @param machineBytes memory that this process may use.
 */
export function compiledCacheBudget(machineBytes: number): number {
  return Math.min(Math.max(Math.floor(machineBytes / 32), 32 * MEGABYTE), 2_048 * MEGABYTE)
}

/** @param options.budgetBytes see `compiledCacheBudget`; a single cell above it is returned but not cached. */
export function createCompiledCellCache(options: { storage: BlobStore; budgetBytes: number }): CompiledCellCache {
  const { storage, budgetBytes } = options
  /** Least recently used first: a Map keeps the order of insertion. */
  const cached = new Map<string, SharedArrayBuffer>()
  const loading = new Map<string, Promise<SharedArrayBuffer>>()
  let bytes = 0
  let hits = 0
  let misses = 0

  async function read(key: string): Promise<SharedArrayBuffer> {
    const content = await storage.read(key)
    const shared = new SharedArrayBuffer(content.length)
    new Uint8Array(shared).set(content)
    // Verifies the file once, so the threads need not.
    openCompiledCell(shared)
    return shared
  }

  function keep(key: string, shared: SharedArrayBuffer): void {
    drop(key)
    if (shared.byteLength > budgetBytes) return
    for (const oldest of cached.keys()) {
      if (bytes + shared.byteLength <= budgetBytes) break
      drop(oldest)
    }
    cached.set(key, shared)
    bytes += shared.byteLength
  }

  function drop(key: string): void {
    const shared = cached.get(key)
    if (shared === undefined) return
    cached.delete(key)
    bytes -= shared.byteLength
  }

  return {
    async load(key) {
      const shared = cached.get(key)
      if (shared !== undefined) {
        hits++
        cached.delete(key)
        cached.set(key, shared)
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
    stats: () => ({ cells: cached.size, bytes, budgetBytes, hits, misses }),
  }
}
