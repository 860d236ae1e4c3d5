import type { CompiledCell } from '../format/compiled-cell.ts'
import { openCompiledCell } from './open-compiled-cell.ts'

/** Keeps the compiled cells that a thread has opened, so that it does not decode the same texts for every tile. */
export interface OpenedCells {
  /**
   * Opens a cell, or returns the open one.
   * @param key its storage key, which identifies the content. @param bytes the bytes that `CompiledCellCache` has verified and holds while
   * the cell is used.
   */
  open(key: string, bytes: Uint8Array<SharedArrayBuffer>): CompiledCell
}

const keys = new WeakMap<CompiledCell, string>()
let unnamed = 0

/** Names the content of a cell: its storage key, or a unique number for a cell that was not opened here. */
export function keyOfOpened(cell: CompiledCell): string {
  const key = keys.get(cell) ?? `#${++unnamed}`
  keys.set(cell, key)
  return key
}

/** Bytes of the files that stay open. */
const MOST_BYTES = 8 * 2 ** 20

/** @param limit how many stay open. Keep it small: an open cell keeps its own memory, if it has any, and its decoded texts. */
export function createOpenedCells(limit = 32, mostBytes = MOST_BYTES): OpenedCells {
  const opened = new Map<string, { cell: CompiledCell; bytes: number; at: number }>()
  let total = 0

  function close(key: string): void {
    total -= opened.get(key)?.bytes ?? 0
    opened.delete(key)
  }

  return {
    open(key, bytes) {
      const before = opened.get(key)
      // Another cell may have taken the place in the meantime. When this cell is back in it, the bytes are the same as before.
      const cell = before?.at === bytes.byteOffset ? before.cell : openCompiledCell(bytes, { verify: false })
      keys.set(cell, key)
      close(key)
      opened.set(key, { cell, bytes: bytes.byteLength, at: bytes.byteOffset })
      total += bytes.byteLength
      for (const oldest of opened.keys()) {
        if (oldest === key || (opened.size <= limit && total <= mostBytes)) break
        close(oldest)
      }
      return cell
    },
  }
}
