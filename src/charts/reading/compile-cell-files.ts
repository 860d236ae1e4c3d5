import { createHash } from 'node:crypto'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { compiledKey } from '#compiled/format/compiled-keys.ts'
import { createCellCompiler } from '#compiled/write/compile-cell.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { type CellSummary, summarise } from './cell-summary.ts'

/** A compiled cell to be stored. */
export interface CompiledBytes {
  /** Storage key, derived from the content. */
  key: string
  version: number
  bytes: Uint8Array
}

/** A cell that was parsed and compiled. */
export interface ReadCell {
  summary: CellSummary
  /** Null for a cancelled cell: nothing of it is drawn. */
  compiled: CompiledBytes | null
}

/**
 * Parses the files of a cell, summarises and compiles it. Pure and expensive: for worker threads.
 *
 * @param name of the cell; DSNM unless given.
 * @throws S57Error when the files are unreadable; Error when no feature of the cell has a position.
 */
export function compileCellFiles(base: CellFile, updates: readonly CellFile[] = [], name?: string): ReadCell {
  const cell = readCell(base, updates, name === undefined ? {} : { name })
  if (cell.cancelled) return { summary: summarise(cell), compiled: null }
  const compiler = createCellCompiler(cell)
  const summary = summarise(cell, compiler.add)
  const bytes = compiler.finish()
  const key = compiledKey(createHash('sha256').update(bytes).digest('hex'))
  return { summary, compiled: { key, version: COMPILED_VERSION, bytes } }
}
