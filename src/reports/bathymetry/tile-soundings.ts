import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { type TileAddress, tileWorldBox } from '#geo/tile-grid.ts'
import { turned, WORLD, type WorldBox } from '#geo/world.ts'

/** A piece of a track near a tile, with what tiles say about the track. */
export interface TilePiece {
  trackId: string
  ordinal: number
  /** Packed (packed-soundings.ts). */
  soundings: Uint8Array
  platformName: string | null
  /** Milliseconds since the Unix epoch. */
  startTime: number
  endTime: number
  createdAt: number
  pointCount: number
  minDepth: number
  maxDepth: number
  lengthMetres: number
}

/** Keeps a tile of a busy harbour small: 128,000 soundings. */
const PIECES_PER_TILE = 500

/** The pieces of tracks that may cross a tile, those of the newest tracks first and at most 500. */
export async function readTilePieces(db: Db, tile: TileAddress, margin: number): Promise<TilePiece[]> {
  const box = tileWorldBox(tile, margin)
  const boxes = [box, turned(box, WORLD), turned(box, -WORLD)].map(boxText)
  const rows = await db
    .selectFrom('bathymetry_piece as piece')
    .innerJoin('bathymetry_track as track', 'track.id', 'piece.track_id')
    .select(['piece.track_id', 'piece.ordinal', 'piece.soundings'])
    .select(['track.start_time', 'track.end_time', 'track.created_at', 'track.point_count'])
    .select(['track.min_depth', 'track.max_depth', 'track.length_m'])
    .select(sql<string | null>`track.platform->>'name'`.as('platform_name'))
    .where((where) => where.or(boxes.map((text) => sql<boolean>`piece.place && ${text}::box`)))
    .orderBy('track.created_at', 'desc')
    .orderBy('piece.track_id', 'desc')
    .orderBy('piece.ordinal')
    .limit(PIECES_PER_TILE)
    .execute()
  return rows.map((row) => ({
    trackId: row.track_id,
    ordinal: row.ordinal,
    soundings: new Uint8Array(row.soundings),
    platformName: row.platform_name,
    startTime: row.start_time.getTime(),
    endTime: row.end_time.getTime(),
    createdAt: row.created_at.getTime(),
    pointCount: row.point_count,
    minDepth: row.min_depth,
    maxDepth: row.max_depth,
    lengthMetres: row.length_m,
  }))
}

function boxText({ minX, minY, maxX, maxY }: WorldBox): string {
  return `(${maxX},${maxY}),(${minX},${minY})`
}
