import { type DepthUnit, type DistanceUnit, LONG_DISTANCES, METRES_PER_FOOT } from '../../text/measures.ts'

export { DEPTH_UNITS, type DepthUnit } from '../../text/measures.ts'

interface Unit {
  metres: number
  short: string
  /** Decimals of a depth, as charts in this unit have them. */
  decimals: number
  /** Largest value and step of the slider of the safety depth. */
  most: number
  step: number
}

export const UNITS: Readonly<Record<DepthUnit, Unit>> = {
  meters: { metres: 1, short: 'm', decimals: 1, most: 30, step: 0.5 },
  feet: { metres: 0.3048, short: 'ft', decimals: 0, most: 100, step: 1 },
  fathoms: { metres: 1.8288, short: 'fm', decimals: 1, most: 17, step: 0.5 },
}

/** Tolerance for rounding errors of a conversion. */
const SLACK = 1e-6

/** A depth in the unit, cut off towards the shoal, so that it is never written deeper than charted. */
export function depthNumber(metres: number, unit: DepthUnit): number {
  const { metres: size, decimals } = UNITS[unit]
  const scale = 10 ** decimals
  // Adding zero turns -0 into 0.
  return Math.floor((metres / size) * scale + SLACK * scale) / scale + 0
}

/** `5.4 m`, or `dries 2.4 m` above the datum. */
export function depthText(metres: number, unit: DepthUnit): string {
  const value = depthNumber(metres, unit)
  return value < 0 ? `dries ${-value} ${UNITS[unit].short}` : `${value} ${UNITS[unit].short}`
}

/** `5.4 to 9.1 m`; null ends are left out. */
export function depthRangeText(shoalest: number | null, deepest: number | null, unit: DepthUnit): string | null {
  if (shoalest === null) return deepest === null ? null : `up to ${depthText(deepest, unit)}`
  if (deepest === null || depthNumber(deepest, unit) <= depthNumber(shoalest, unit)) return depthText(shoalest, unit)
  const [from, to] = [depthNumber(shoalest, unit), depthNumber(deepest, unit)]
  const { short } = UNITS[unit]
  if (from >= 0) return `${from} to ${to} ${short}`
  return to <= 0 ? `dries ${-to} to ${-from} ${short}` : `dries ${-from} ${short} to ${to} ${short} deep`
}

/** The safety depth as a number in the unit, to one decimal. */
export function safetyNumber(metres: number, unit: DepthUnit): number {
  return Math.round((metres / UNITS[unit].metres) * 10) / 10
}

/** A safety depth typed in the unit, in metres; null when the style does not accept it. */
export function safetyMetres(value: number, unit: DepthUnit): number | null {
  const metres = Math.round(value * UNITS[unit].metres * 10_000) / 10_000
  return Number.isFinite(value) && metres >= 0 && metres <= 1_000 ? metres : null
}

/** A distance as navigators read it: below half a mile or kilometre in metres, or in feet beside depths in feet and fathoms. */
export function distanceText(metres: number, unit: DepthUnit, distances: DistanceUnit): string {
  if (metres / LONG_DISTANCES[distances].metres >= 0.5) return longDistanceText(metres, distances)
  return unit === 'meters' ? `${Math.round(metres)} m` : `${Math.round(metres / METRES_PER_FOOT)} ft`
}

/** A distance in the long unit, however short it is: `1.24 NM`. */
export function longDistanceText(metres: number, distances: DistanceUnit): string {
  const { metres: size, short } = LONG_DISTANCES[distances]
  const value = metres / size
  return `${value >= 100 ? Math.round(value) : value.toFixed(value >= 10 ? 1 : 2)} ${short}`
}

/** A true bearing: `045.0°`. */
export function bearingText(degrees: number): string {
  return `${((Math.round(degrees * 10) % 3_600) / 10).toFixed(1).padStart(5, '0')}°`
}
