import { cellUuid } from '#compiled/read/cell-uuids.ts'
import type { Db } from '#db/database.ts'
import type { ChartCell } from './chart-snapshot.ts'

/** A cell as `GET /api/v1/cells` lists it. */
export interface ListedCell {
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
  /** [west, south, east, north] in degrees; west greater than east across the antimeridian. */
  bbox: readonly [number, number, number, number]
  coverage: { type: 'MultiPolygon'; coordinates: number[][][][] }
}

/** Reads the coverage of cells, and returns their records sorted by name. */
export async function findCells(db: Db, cells: readonly ChartCell[]): Promise<ListedCell[]> {
  const keys = [...new Set(cells.map(({ compiledKey }) => compiledKey))]
  const coverages = new Map<string, ListedCell['coverage']>()
  for (let at = 0; at < keys.length; at += 500) {
    // index cell_compiled
    const rows = await db
      .selectFrom('cell')
      .select(['compiled_key', 'coverage'])
      .where('compiled_key', 'in', keys.slice(at, at + 500))
      .execute()
    for (const row of rows) coverages.set(row.compiled_key ?? '', row.coverage)
  }
  return cells
    .map((cell) => ({
      id: cellUuid(cell.name),
      name: cell.name,
      title: cell.title,
      edition: cell.edition,
      update: cell.update,
      issueDate: cell.issueDate,
      updateDate: cell.updateDate,
      usageBand: cell.usageBand,
      compilationScale: cell.scale,
      isPublic: cell.accountId === null,
      bbox: cell.box,
      coverage: coverages.get(cell.compiledKey) ?? { type: 'MultiPolygon' as const, coordinates: [] },
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
