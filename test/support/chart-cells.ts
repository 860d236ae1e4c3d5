import { createHash } from 'node:crypto'
import { upsertCell } from '#charts/cells/upsert-cell.ts'
import { type CellSummary, summarise } from '#charts/reading/cell-summary.ts'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { compiledKey } from '#compiled/format/compiled-keys.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import type { Db } from '#db/database.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import type { TestTiles } from './tiles.ts'

/** A cell that is ready to be made visible. */
export interface PreparedCell {
  summary: CellSummary
  key: string
  bytes: Uint8Array
}

/** Reads and compiles the files of a cell. */
export function prepareCell(files: readonly CellFile[]): PreparedCell {
  const [base, ...updates] = files
  const summary = summarise(readCell(base!, updates))
  const bytes = compileCell(readCell(base!, updates))
  return { summary, bytes, key: compiledKey(createHash('sha256').update(bytes).digest('hex')) }
}

/** Stores a compiled cell, replaces the visible cell of the same name and account with it, and waits until tiles show it. */
export async function showCell(db: Db, tiles: TestTiles, cell: PreparedCell, accountId: number | null = null): Promise<void> {
  const { summary, key, bytes } = cell
  await tiles.storage.put(key, bytes)
  const stored = {
    summary,
    title: null,
    blobKey: `public/${summary.name}/1.0.zip`,
    byteSize: bytes.byteLength,
    compiled: { key, version: COMPILED_VERSION },
  }
  await upsertCell(db, accountId, stored, { source: accountId === null ? 'noaa' : 'upload' })
  await tiles.charts.until(({ cells }) => cells.some((each) => each.compiledKey === key && each.accountId === accountId))
}
