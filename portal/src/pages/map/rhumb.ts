/** Degrees. */
export interface Position {
  longitude: number
  latitude: number
}

export const METRES_PER_MILE = 1_852

const RADIUS = 6_378_137
const FLATTENING = 1 / 298.257223563
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING))
const N = FLATTENING / (2 - FLATTENING)
/** Metres of meridian to a radian of rectifying latitude. */
const MERIDIAN = (RADIUS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64)

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres along the meridian of WGS 84 from the equator to a latitude in radians. */
function meridianArc(latitude: number): number {
  const series =
    latitude -
    ((3 / 2) * N - (9 / 16) * N ** 3) * Math.sin(2 * latitude) +
    ((15 / 16) * N ** 2 - (15 / 32) * N ** 4) * Math.sin(4 * latitude) -
    (35 / 48) * N ** 3 * Math.sin(6 * latitude)
  return MERIDIAN * series
}

/** The latitude as a Mercator chart of the ellipsoid stretches it. */
function isometric(latitude: number): number {
  return Math.asinh(Math.tan(latitude)) - ECCENTRICITY * Math.atanh(ECCENTRICITY * Math.sin(latitude))
}

/** The difference of two longitudes, the shorter way around, in degrees. */
export function eastward(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180
}

/** True bearing in degrees (0 to 360) and length in metres of a rhumb line on WGS 84, the shorter way around the earth. */
export function rhumb(from: Position, to: Position): { bearing: number; metres: number } {
  const east = radians(eastward(from.longitude, to.longitude))
  const [a, b] = [radians(from.latitude), radians(to.latitude)]
  const stretched = isometric(b) - isometric(a)
  const bearing = ((Math.atan2(east, stretched) * 180) / Math.PI + 360) % 360
  if (Math.abs(b - a) < 1e-9) {
    const parallel = (RADIUS * Math.cos(a)) / Math.sqrt(1 - (ECCENTRICITY * Math.sin(a)) ** 2)
    return { bearing, metres: Math.abs(east) * parallel }
  }
  return { bearing, metres: Math.abs(meridianArc(b) - meridianArc(a)) * Math.hypot(1, east / stretched) }
}

/** The place at a distance along a line of positions. @param metres clamped to the length of the line. */
export function alongLine(line: readonly Position[], metres: number): Position | null {
  let left = Math.max(0, metres)
  for (const [i, to] of line.entries()) {
    const from = line[i - 1]
    if (from === undefined) continue
    const leg = rhumb(from, to).metres
    if (left <= leg) return between(from, to, leg === 0 ? 0 : left / leg)
    left -= leg
  }
  return line.at(-1) ?? null
}

/** On a leg, by share of its length; the straight line of the map, which differs from the rhumb line by less than a pixel. */
function between(from: Position, to: Position, share: number): Position {
  const y = (latitude: number) => Math.asinh(Math.tan(radians(latitude)))
  const mean = y(from.latitude) + (y(to.latitude) - y(from.latitude)) * share
  return {
    longitude: wrapped(from.longitude + eastward(from.longitude, to.longitude) * share),
    latitude: (Math.atan(Math.sinh(mean)) * 180) / Math.PI,
  }
}

/** A longitude from -180 to 180. */
export function wrapped(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : eastward(0, longitude)
}

/** The legs of a line with their true bearings and lengths, and the length of all of them. */
export function legsOf(line: readonly Position[]): { legs: { bearing: number; metres: number }[]; metres: number } {
  const legs = line.slice(1).flatMap((to, i) => {
    const from = line[i]
    return from === undefined ? [] : [rhumb(from, to)]
  })
  return { legs, metres: legs.reduce((sum, leg) => sum + leg.metres, 0) }
}
