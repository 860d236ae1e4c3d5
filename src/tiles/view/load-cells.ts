import type { Db } from '#db/database.ts'
import type { ChartCell } from './chart-snapshot.ts'
import { toOutline } from './outline.ts'

/** The columns that tell whether a loaded cell is still current. */
interface Stamp {
  id: string
  compiled_key: string | null
  indexed_at: Date
}

export interface LoadedCell {
  cell: ChartCell
  stamp: string
}

const stampOf = ({ compiled_key, indexed_at }: Stamp) => `${compiled_key} ${indexed_at.getTime()}`

/**
 * All cells that can be drawn, by id. Only the short columns are read of cells unchanged since `known`: a refresh changes thousands
 * of cells one by one, and each change causes a load.
 */
export async function loadCells(db: Db, known: ReadonlyMap<string, LoadedCell>): Promise<Map<string, LoadedCell>> {
  // A few thousand short rows; no index, because all rows are wanted.
  const stamps = await db
    .selectFrom('cell')
    .select(['id', 'compiled_key', 'indexed_at'])
    .where('compiled_key', 'is not', null)
    .orderBy('id')
    .execute()
  const loaded = new Map<string, LoadedCell>()
  const changed: string[] = []
  for (const row of stamps) {
    const before = known.get(row.id)
    if (before?.stamp === stampOf(row)) loaded.set(row.id, before)
    else changed.push(row.id)
  }
  for (let at = 0; at < changed.length; at += 500) {
    // by the primary key
    const rows = await db
      .selectFrom('cell')
      .select(['id', 'name', 'account_id', 'source', 'title', 'edition', 'update_number', 'issue_date', 'update_date'])
      .select([
        'usage_band',
        'compilation_scale',
        'coverage',
        'west',
        'south',
        'east',
        'north',
        'compiled_key',
        'indexed_at',
        'overlay',
      ])
      .where('id', 'in', changed.slice(at, at + 500))
      .where('compiled_key', 'is not', null)
      .execute()
    for (const row of rows) {
      const cell: ChartCell = {
        name: row.name,
        accountId: row.account_id,
        source: row.source,
        title: row.title,
        edition: row.edition,
        update: row.update_number,
        issueDate: row.issue_date,
        updateDate: row.update_date,
        usageBand: row.usage_band,
        scale: row.compilation_scale,
        latitude: (row.south + row.north) / 2,
        box: [row.west, row.south, row.east, row.north],
        overlay: row.overlay,
        outline: toOutline(row.coverage.coordinates),
        compiledKey: row.compiled_key!,
        indexedAt: row.indexed_at.getTime(),
      }
      loaded.set(row.id, { cell, stamp: stampOf(row) })
    }
  }
  return loaded
}
