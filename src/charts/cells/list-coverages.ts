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

/** The place of a cell in the list; the account's own cell comes before a public one of the same name. */
export type CoveragePlace = Pick<CellCoverage, 'name' | 'isPublic'>

export interface CoverageQuery {
  accountId: number
  /** Only cells whose box meets this one; null for all. */
  box: Box | null
  /** Only cells after this place; null for all. */
  after: CoveragePlace | null
  /** The largest number of cells; null for all. */
  limit: number | null
}

/** How many coverages are read at once: some have thousands of positions. */
const CHUNK = 200

/** The drawable cells that an account sees, the public ones and its own, by name, in portions that fit memory. */
export async function* listCoverages(db: Db, { accountId, box, after, limit }: CoverageQuery): AsyncGenerator<CellCoverage[]> {
  // A few thousand short rows; uses no index because it wants nearly all of them.
  const rows = await db
    .selectFrom('cell')
    .select(['id', 'name', 'account_id', 'west', 'south', 'east', 'north'])
    .where('compiled_key', 'is not', null)
    .where((where) => where.or([where('account_id', 'is', null), where('account_id', '=', accountId)]))
    .execute()
  const places = rows
    .filter(({ west, south, east, north }) => box === null || boxesOverlap([west, south, east, north], box))
    .map(({ id, name, account_id: owner }) => ({ id, name, isPublic: owner === null }))
    .filter((place) => after === null || comparePlaces(place, after) > 0)
    .sort(comparePlaces)
  for (const chunk of chunks(places.slice(0, limit ?? places.length), CHUNK)) {
    const ids = chunk.map(({ id }) => id)
    yield (await readCoverages(db, ids)).sort(comparePlaces)
  }
}

async function readCoverages(db: Db, ids: readonly string[]): Promise<CellCoverage[]> {
  // By the primary key.
  const rows = await db
    .selectFrom('cell')
    .select(['id', 'name', 'account_id', 'title', 'edition', 'update_number', 'issue_date', 'update_date'])
    .select(['usage_band', 'compilation_scale', 'coverage', 'west', 'south', 'east', 'north'])
    .where('id', 'in', ids)
    .execute()
  return rows.map((row) => ({
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
  }))
}

/** By code unit, independent of the collation of the database. */
function comparePlaces(a: CoveragePlace, b: CoveragePlace): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return Number(a.isPublic) - Number(b.isPublic)
}
