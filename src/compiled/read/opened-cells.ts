import type { CompiledCell } from '../format/compiled-cell.ts'
import { openCompiledCell } from './open-compiled-cell.ts'

/** Keeps the compiled cells that a thread has opened, so that it does not decode the same texts for every tile. */
export interface OpenedCells {
  /**
   * Opens a cell, or returns the open one.
   *
   * @param key its storage key, which identifies the content. @param buffer its bytes, which `CompiledCellCache` has verified.
   */
  open(key: string, buffer: SharedArrayBuffer): CompiledCell
}

/** @param limit how many stay open. Keep it small: an open cell stays in memory even after the cache has dropped it. */
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
