import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type CellSummary, summarise } from '#charts/cells/cell-summary.ts'
import { compileCell } from '#charts/compiled/compile-cell.ts'
import { COMPILED_VERSION } from '#charts/compiled/compiled-format.ts'
import { compiledKey } from '#charts/compiled/compiled-keys.ts'
import type { Db } from '#db/database.ts'
import { newId } from '#lib/ids.ts'
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

/** Stores a compiled cell, makes it visible in place of the one of the same name and account, and waits until tiles show it. */
export async function showCell(db: Db, tiles: TestTiles, cell: PreparedCell, accountId: number | null = null): Promise<void> {
  const { summary, key, bytes } = cell
  await tiles.storage.put(key, bytes)
  const [west, south, east, north] = summary.box
  const values = {
    source: accountId === null ? 'noaa' : 'upload',
    edition: summary.edition,
    update_number: summary.update,
    issue_date: summary.issueDate,
    update_date: summary.updateDate,
    producer: summary.producer,
    usage_band: summary.usageBand,
    compilation_scale: summary.compilationScale,
    title: null,
    coverage: JSON.stringify(summary.coverage),
    west,
    south,
    east,
    north,
    feature_count: summary.featureCount,
    features_by_class: '{}',
    warnings: '[]',
    blob_key: `public/${summary.name}/1.0.zip`,
    byte_size: bytes.byteLength,
    compiled_key: key,
    compiled_version: COMPILED_VERSION,
  }
  await db
    .insertInto('cell')
    .values({ id: newId(), name: summary.name, account_id: accountId, ...values })
    .onConflict((conflict) =>
      conflict.expression(sql`name, coalesce(account_id, 0)`).doUpdateSet({ ...values, indexed_at: sql<Date>`now()` }),
    )
    .execute()
  await tiles.charts.until(({ cells }) => cells.some((each) => each.compiledKey === key && each.accountId === accountId))
}
