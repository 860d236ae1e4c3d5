import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** Where the cells of an account lie, and how fine they are. */
export interface CellExtent {
  /** In degrees; -180 to 180 when a cell crosses the antimeridian. */
  box: [west: number, south: number, east: number, north: number]
  /** Denominator of the finest compilation scale. */
  finestScale: number
}

/** The extent of the cells that an account sees; null when it sees none. */
export async function findExtent(db: Db, accountId: number): Promise<CellExtent | null> {
  const { rows } = await sql<{ [side in 'west' | 'south' | 'east' | 'north' | 'scale']: number | null }>`
    select case when bool_or(west > east) then -180 else min(west) end as west, min(south) as south,
      case when bool_or(west > east) then 180 else max(east) end as east, max(north) as north, min(compilation_scale) as scale
    from cell where account_id is null or account_id = ${accountId}
  `.execute(db)
  const { west, south, east, north, scale } = rows[0] ?? {}
  if (west == null || south == null || east == null || north == null || scale == null) return null
  return { box: [west, south, east, north], finestScale: scale }
}
