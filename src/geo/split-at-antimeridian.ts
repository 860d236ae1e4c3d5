import { cutByMeridian } from './cut-by-meridian.ts'
import type { Polygon } from './polygon.ts'

/**
 * Brings a polygon whose longitudes may lie beyond +-180 into -180..180 and cuts it at the antimeridian (RFC 7946, 3.1.9). The input
 * must be continuous, as S-57 data are: an edge from 179 to -179 runs through Greenwich.
 */
export function splitAtAntimeridian(polygon: Polygon): Polygon[] {
  const longitudes = (polygon[0] ?? []).map((position) => position[0]!)
  if (longitudes.length === 0) return []
  const west = longitudes.reduce((a, b) => Math.min(a, b))
  const east = longitudes.reduce((a, b) => Math.max(a, b))
  const pieces: Polygon[] = []
  const first = Math.floor((west + 180) / 360)
  const last = Math.ceil((east - 180) / 360)
  for (let turn = first; turn <= Math.max(first, last); turn++) {
    let parts: Polygon[] = [polygon]
    const low = turn * 360 - 180
    if (west < low) parts = parts.flatMap((part) => cutByMeridian(part, low, 'east'))
    if (east > low + 360) parts = parts.flatMap((part) => cutByMeridian(part, low + 360, 'west'))
    for (const part of parts) pieces.push(turn === 0 ? part : shifted(part, -360 * turn))
  }
  return pieces
}

function shifted(polygon: Polygon, degrees: number): Polygon {
  return polygon.map((ring) => ring.map(([longitude, latitude]) => [longitude! + degrees, latitude!]))
}
