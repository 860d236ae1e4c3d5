import { MAXIMUM_ZOOM } from '#geo/tile-grid.ts'
import { type FieldError, invalidFields } from '#lib/errors.ts'

export const PACK_KINDS = ['vector', 'raster'] as const
export const PACK_FORMATS = ['pmtiles', 'mbtiles'] as const
export const PACK_THEMES = ['day', 'dusk', 'night'] as const

/** What an offline pack holds. */
export interface PackSpec {
  /** West, south, east, north in degrees; west exceeds east across the antimeridian. */
  box: readonly [number, number, number, number]
  /** Zooms of the tiles, both included. */
  minZoom: number
  maxZoom: number
  kind: (typeof PACK_KINDS)[number]
  format: (typeof PACK_FORMATS)[number]
  /** Raster tiles are painted in it; a vector pack has styles of all themes and opens in this one. */
  theme: (typeof PACK_THEMES)[number]
  /** A custom style of the account; null for the default. */
  styleId: number | null
}

/** The deepest zoom of each kind. */
const DEEPEST_ZOOM: Readonly<Record<PackSpec['kind'], number>> = { vector: MAXIMUM_ZOOM, raster: 22 }

/** @throws AppError VALIDATION_FAILED (400) that names each wrong member that no schema can check. */
export function checkPackSpec({ box, minZoom, maxZoom, kind }: PackSpec): void {
  const wrong: FieldError[] = []
  const [west, south, east, north] = box
  if (Math.abs(west) > 180 || Math.abs(east) > 180 || west === east || south < -90 || north > 90 || south >= north) {
    wrong.push({
      field: '/bbox',
      message: 'must be [west, south, east, north] in degrees with south below north, such as [-81.2, 31.9, -80.8, 32.2]',
    })
  }
  const deepest = DEEPEST_ZOOM[kind]
  if (maxZoom > deepest) wrong.push({ field: '/maxZoom', message: `must be at most ${deepest} for ${kind} tiles` })
  if (minZoom > maxZoom) wrong.push({ field: '/minZoom', message: 'must not exceed maxZoom' })
  const [first, ...others] = wrong
  if (first !== undefined) throw invalidFields('body', [first, ...others])
}
