import type { Selectable } from 'kysely'
import type { BathymetryTrackTable } from '#db/schema.ts'
import { NAMESPACE } from '../namespace.ts'
import type { Sounding } from './packed-soundings.ts'

/** A track as the API lists it; times in milliseconds since the Unix epoch. */
export interface Track {
  id: string
  platform: Record<string, unknown> | null
  metadata: {
    providerContactPoint: Record<string, unknown> | null
    depthUnits: string
    timeUnits: string
    convention: string | null
    /** Metres. */
    min_depth: number
    max_depth: number
    length_m: number
  }
  externalUserId: string | null
  namespace: string
  pointCount: number
  startTime: number
  endTime: number
  createdAt: number
  updatedAt: number
}

export interface TrackWithSoundings extends Track {
  /** In the order of their times. */
  soundings: Sounding[]
}

export function toTrack(row: Selectable<BathymetryTrackTable>): Track {
  return {
    id: row.id,
    platform: row.platform,
    metadata: {
      providerContactPoint: row.provider_contact_point,
      depthUnits: row.depth_units,
      timeUnits: row.time_units,
      convention: row.convention,
      min_depth: row.min_depth,
      max_depth: row.max_depth,
      length_m: row.length_m,
    },
    externalUserId: row.external_user_id,
    namespace: NAMESPACE,
    pointCount: row.point_count,
    startTime: row.start_time.getTime(),
    endTime: row.end_time.getTime(),
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }
}
