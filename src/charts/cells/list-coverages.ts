import { cellUuid } from '#compiled/read/cell-uuids.ts'
import type { Db } from '#db/database.ts'
import { type Box, boxesOverlap } from '#geo/box.ts'
import { chunks } from '#lib/chunks.ts'

/** A drawable cell with the area it covers, for callers that ask what a map is made of. */
export interface CellCoverage {
  id: string
  name: string
  title: string | null
  edition: number
  update: number
  issueDate: string | null
  updateDate: string | null
  usageBand: number
  compilationScale: number
  /** Whether every account sees it; only its own account sees an uploaded cell. */
  isPublic: boolean
  bbox: Box
  coverage: { type: 'MultiPolygon'; coordinates: number[][][][] }
}

/** Coverages read at once: some have thousands of positions. */
const CHUNK = 500

/**
 * The drawable cells that an account sees, by name: the public ones and its own.
 *
 * @param box only cells whose box meets this one; null for all.
 */
export async function listCoverages(db: Db, accountId: number, box: Box | null): Promise<CellCoverage[]> {
  // A few thousand short rows; uses no index because it wants nearly all of them.
  const boxes = await db
    .selectFrom('cell')
    .select(['id', 'west', 'south', 'east', 'north'])
    .where('compiled_key', 'is not', null)
    .where((where) => where.or([where('account_id', 'is', null), where('account_id', '=', accountId)]))
    .orderBy('id')
    .execute()
  const ids = boxes
    .filter(({ west, south, east, north }) => box === null || boxesOverlap([west, south, east, north], box))
    .map(({ id }) => id)
  const cells: CellCoverage[] = []
  for (const chunk of chunks(ids, CHUNK)) {
    // by the primary key
    const rows = await db
      .selectFrom('cell')
      .select(['id', 'name', 'account_id', 'title', 'edition', 'update_number', 'issue_date', 'update_date'])
      .select(['usage_band', 'compilation_scale', 'coverage', 'west', 'south', 'east', 'north'])
      .where('id', 'in', chunk)
      .orderBy('id')
      .execute()
    for (const row of rows) {
      cells.push({
        id: cellUuid(row.name),
        name: row.name,
        title: row.title,
        edition: row.edition,
        update: row.update_number,
        issueDate: row.issue_date,
        updateDate: row.update_date,
        usageBand: row.usage_band,
        compilationScale: row.compilation_scale,
        isPublic: row.account_id === null,
        bbox: [row.west, row.south, row.east, row.north],
        coverage: row.coverage,
      })
    }
  }
  // By code unit, whatever the collation of the database.
  return cells.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
