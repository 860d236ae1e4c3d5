import { freeBytes } from '#lib/free-bytes.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { openCompiledCell } from './open-compiled-cell.ts'
import { type ArenaOwner, createSharedArena } from './shared-arena.ts'

/**
 * Caches compiled cells in shared memory, in the main thread. Messages pass the memory to worker threads without copying; each thread
 * opens the cells in it (`createOpenedCells`).
 */
export interface CompiledCellCache {
  /**
   * Returns the verified bytes of a compiled cell, to be released when nothing reads them any more. Coalesces concurrent calls for one key.
   *
   * @param key its storage key (`cell.compiled_key`).
   * @throws BlobMissingError, or CompiledCellError when it is truncated, damaged or of another version: report it
   *   (`createRecompileRequests`) and continue without the cell.
   */
  load(key: string): Promise<LoadedCell>
  stats(): CompiledCacheStats
}

/** The file of a compiled cell in shared memory. */
export interface LoadedCell {
  bytes: Uint8Array<SharedArrayBuffer>
  /** Lets another cell take the memory: the bytes may change afterwards. Further calls do nothing. */
  release(): void
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
 * Returns how much memory the cache may use: a forty-eighth of the machine's, from 32 MB to 2 GB. A board with 2 GB gets 43 MB, enough
 * for the cells of a day's waters (NOAA's largest takes 3 MB, the median 0.1 MB).
 *
 * @param machineBytes memory that this process may use.
 */
export function compiledCacheBudget(machineBytes: number): number {
  return Math.min(Math.max(Math.floor(machineBytes / 48), 32 * MEGABYTE), 2_048 * MEGABYTE)
}

interface HeldCell extends ArenaOwner {
  key: string
  reading: Promise<Uint8Array<SharedArrayBuffer>>
  /** Bytes in the arena; zero for a cell with memory of its own, which is freed after its last use. */
  kept: number
}

/**
 * Cells lie in one piece of memory of the budget's size (decisions/0028-one-piece-of-memory-for-cells.md).
 *
 * @param options.budgetBytes see `compiledCacheBudget`; a cell for which there is no room, because it is larger or all others are in use,
 *   has memory of its own and is not kept.
 */
export function createCompiledCellCache(options: { storage: BlobStore; budgetBytes: number }): CompiledCellCache {
  const { storage, budgetBytes } = options
  const held = new Map<string, HeldCell>()
  const arena = createSharedArena<HeldCell>(budgetBytes, forget)
  const counts = { hits: 0, misses: 0 }

  function forget(cell: HeldCell): void {
    if (held.get(cell.key) === cell) held.delete(cell.key)
  }

  async function read(cell: HeldCell): Promise<Uint8Array<SharedArrayBuffer>> {
    const content = await storage.read(cell.key)
    const size = content.length
    const slot = arena.take(cell, size)
    const shared = slot ?? new Uint8Array(new SharedArrayBuffer(size))
    shared.set(content)
    freeBytes(content)
    // Verifies the file once, so that the threads need not.
    openCompiledCell(shared)
    if (slot !== null) cell.kept = size
    return shared
  }

  function begin(key: string): HeldCell {
    const cell: HeldCell = { key, uses: 0, kept: 0, reading: Promise.resolve(new Uint8Array(new SharedArrayBuffer(0))) }
    cell.reading = read(cell).catch((error: unknown) => {
      forget(cell)
      arena.free(cell)
      throw error
    })
    held.set(key, cell)
    return cell
  }

  function release(cell: HeldCell): void {
    cell.uses--
    if (cell.uses === 0 && cell.kept === 0) forget(cell)
  }

  return {
    async load(key) {
      const known = held.get(key)
      counts[known === undefined ? 'misses' : 'hits']++
      const cell = known ?? begin(key)
      // Counts as in use at once, so that nothing takes its place before the caller has it.
      cell.uses++
      const bytes = await cell.reading
      arena.touch(cell)
      let isReleased = false
      return {
        bytes,
        release() {
          if (!isReleased) release(cell)
          isReleased = true
        },
      }
    },
    stats() {
      const kept = [...held.values()].filter((cell) => cell.kept > 0)
      return { cells: kept.length, bytes: kept.reduce((sum, cell) => sum + cell.kept, 0), budgetBytes, ...counts }
    },
  }
}
