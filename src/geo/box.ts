/**
 * [west, south, east, north] in degrees, longitudes within -180..180. West is greater than east when the box crosses the
 * antimeridian (as in GeoJSON, RFC 7946 section 5.2).
 */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** A range of longitude, eastwards from `west`; `east` is never smaller and may exceed 180. */
interface Span {
  west: number
  east: number
}

/** Brings a longitude in degrees into -180..180; 180 itself becomes -180. */
export function normaliseLongitude(longitude: number): number {
  if (longitude >= -180 && longitude < 180) return longitude
  return ((((longitude + 180) % 360) + 360) % 360) - 180
}

/**
 * Returns the smallest box around some boxes in degrees, whose longitudes may lie beyond +-180. It leaves out the widest gap of the
 * circle, so a cell at 179..181 does not become a band around the world.
 *
 * @returns null without boxes.
 */
export function enclosingBox(parts: Iterable<{ west: number; south: number; east: number; north: number }>): Box | null {
  const spans: Span[] = []
  let south = Number.POSITIVE_INFINITY
  let north = Number.NEGATIVE_INFINITY
  for (const part of parts) {
    south = Math.min(south, part.south)
    north = Math.max(north, part.north)
    if (part.east - part.west >= 360) spans.push({ west: -180, east: 180 })
    else {
      const west = normaliseLongitude(part.west)
      spans.push({ west, east: west + (part.east - part.west) })
    }
  }
  if (spans.length === 0) return null
  spans.sort((a, b) => a.west - b.west)

  // One turn eastwards; `reach` is the easternmost longitude so far.
  let reach = spans[0]!.east
  let widestGap = Number.NEGATIVE_INFINITY
  let west = -180
  let east = 180
  for (const span of spans.slice(1)) {
    if (span.west - reach > widestGap) {
      widestGap = span.west - reach
      west = span.west
      east = reach
    }
    reach = Math.max(reach, span.east)
  }
  const lastGap = spans[0]!.west + 360 - reach
  if (lastGap > widestGap) {
    widestGap = lastGap
    west = spans[0]!.west
    east = reach
  }
  if (widestGap <= 0) return [-180, south, 180, north]
  return [west, south, east > 180 ? east - 360 : east, north]
}

/** Whether two boxes share a point. Either may cross the antimeridian; touching counts. */
export function boxesOverlap(a: Box, b: Box): boolean {
  if (a[3] < b[1] || b[3] < a[1]) return false
  return unrolled(a).some((one) => unrolled(b).some((other) => one.west <= other.east && other.west <= one.east))
}

/** Returns a box's longitudes as one range, or two when it crosses the antimeridian. */
function unrolled([west, , east]: Box): Span[] {
  if (west <= east) return [{ west, east }]
  return [
    { west, east: 180 },
    { west: -180, east },
  ]
}
