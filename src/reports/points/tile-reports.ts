import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { placesOf } from './place.ts'

/** A report as tiles show it. */
export interface TileReport {
  id: string
  reportType: string
  latitude: number
  longitude: number
  upvoteCount: number
  downvoteCount: number
  isOwner: boolean
  /** Milliseconds since the Unix epoch. */
  createdAt: number
  properties: Record<string, unknown>
}

export interface TileReportsQuery {
  tile: TileAddress
  userId: number
  /** Of `UserReports.activeSince`. */
  activeSince: number
}

/** Keeps a tile of the whole world small. */
const REPORTS_PER_TILE = 1_000

/** The active reports in a tile, newest first, and of more than `REPORTS_PER_TILE` the newest. */
export async function readTileReports(db: Db, { tile, userId, activeSince }: TileReportsQuery): Promise<TileReport[]> {
  const { first, end } = placesOf(tile)
  const rows = await db
    .selectFrom('user_report')
    .select(['id', 'report_type', 'latitude', 'longitude', 'upvote_count', 'downvote_count', 'created_at', 'properties'])
    .select(sql<boolean>`user_id = ${userId}`.as('is_owner'))
    // Index user_report_active_place, or user_report_active for tiles that hold much of the world.
    .where('place', '>=', first)
    .where('place', '<', end)
    .where('deleted_at', 'is', null)
    .where('expired_at', 'is', null)
    .where('created_at', '>', new Date(activeSince))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(REPORTS_PER_TILE)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reportType: row.report_type,
    latitude: row.latitude,
    longitude: row.longitude,
    upvoteCount: row.upvote_count,
    downvoteCount: row.downvote_count,
    isOwner: row.is_owner,
    createdAt: row.created_at.getTime(),
    properties: row.properties,
  }))
}
