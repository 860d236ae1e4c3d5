import type { CompiledCell } from '../format/compiled-cell.ts'
import { openCompiledCell } from './open-compiled-cell.ts'

/** Compiled cells that a thread has opened, so that it does not decode the same texts for every tile. */
export interface OpenedCells {
  /**
   * @param key name in the storage, which stands for the content. @param buffer its bytes, from `CompiledCellCache`: tested
   *   already, so no checksum is computed here.
   */
  open(key: string, buffer: SharedArrayBuffer): CompiledCell
}

/**
 * @param limit how many stay open. They keep their bytes in memory, beyond the budget of the cache when it has dropped them, so it
 *   is small.
 */
export function createOpenedCells(limit = 32): OpenedCells {
  const opened = new Map<string, CompiledCell>()
  return {
    open(key, buffer) {
      const cell = opened.get(key) ?? openCompiledCell(buffer, { verify: false })
      opened.delete(key)
      opened.set(key, cell)
      for (const oldest of opened.keys()) {
        if (opened.size <= limit) break
        opened.delete(oldest)
      }
      return cell
    },
  }
}
