import type { ColumnType, Generated } from 'kysely'
import type { Json, Jsonb, NullableTime } from './columns.ts'

export interface UserReportTable {
  id: string
  account_id: number
  user_id: number
  report_type: string
  latitude: number
  longitude: number
  /** The square of the tile pyramid (src/reports/points/place.ts); null beyond its latitudes. */
  place: number | null
  properties: Jsonb<Record<string, Json>>
  external_user_id: string | null
  upvote_count: Generated<number>
  downvote_count: Generated<number>
  created_at: Date
  updated_at: Date
  expired_at: NullableTime
  deleted_at: NullableTime
}

export interface UserReportVoteTable {
  report_id: string
  user_id: number
  is_valid: boolean
  external_user_id: string | null
  voted_at: Date
}

export interface BathymetryTrackTable {
  id: string
  account_id: number
  user_id: number
  platform: ColumnType<Record<string, Json> | null, string | null, never>
  /** `uniqueId` of the platform. */
  platform_id: string | null
  provider_contact_point: ColumnType<Record<string, Json> | null, string | null, never>
  depth_units: string
  time_units: string
  convention: string | null
  external_user_id: string | null
  point_count: number
  start_time: Date
  end_time: Date
  min_depth: number
  max_depth: number
  /** Metres. */
  length_m: number
  created_at: Date
  updated_at: Date
}

/** A run of soundings of a track; neighbouring pieces share none. */
export interface BathymetryPieceTable {
  track_id: string
  ordinal: number
  /** Box in world units around the soundings and the first one of the next piece. */
  place: string
  /** Packed as in src/reports/bathymetry/packed-soundings.ts. */
  soundings: Buffer
}
