import { createHash } from 'node:crypto'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { compiledKey } from '#compiled/format/compiled-keys.ts'
import { createCellCompiler } from '#compiled/write/compile-cell.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { type CellSummary, summarise } from './cell-summary.ts'

/** A compiled cell on its way into the storage. */
export interface CompiledBytes {
  /** Its name in the storage, made of its content. */
  key: string
  version: number
  bytes: Uint8Array
}

export interface ReadCell {
  summary: CellSummary
  /** Null for a cell that its producer has cancelled: there is nothing to show. */
  compiled: CompiledBytes | null
}

/**
 * All that indexing needs of a cell's files: what goes into the database, and the compiled cell. Pure, and heavy: for worker
 * threads.
 *
 * @throws S57Error when the files cannot be read; Error when nothing in the cell has a position.
 */
export function compileCellFiles(base: CellFile, updates: readonly CellFile[] = []): ReadCell {
  const cell = readCell(base, updates)
  if (cell.cancelled) return { summary: summarise(cell), compiled: null }
  const compiler = createCellCompiler(cell)
  const summary = summarise(cell, compiler.add)
  const bytes = compiler.finish()
  const key = compiledKey(createHash('sha256').update(bytes).digest('hex'))
  return { summary, compiled: { key, version: COMPILED_VERSION, bytes } }
}
