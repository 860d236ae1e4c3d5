// The units and forms in which a user reads measures and positions.

export const DEPTH_UNITS = ['meters', 'feet', 'fathoms'] as const
export type DepthUnit = (typeof DEPTH_UNITS)[number]

export const HEIGHT_UNITS = ['meters', 'feet'] as const
export type HeightUnit = (typeof HEIGHT_UNITS)[number]

export const DISTANCE_UNITS = ['nautical', 'kilometers', 'statute'] as const
export type DistanceUnit = (typeof DISTANCE_UNITS)[number]

export const POSITION_FORMATS = ['minutes', 'decimal', 'seconds'] as const
export type PositionFormat = (typeof POSITION_FORMATS)[number]

/** How a user reads measures. */
export interface Measures {
  depthUnit: DepthUnit
  heightUnit: HeightUnit
  distanceUnit: DistanceUnit
  positionFormat: PositionFormat
}

export const DEPTH_WORDS = { meters: 'Metres', feet: 'Feet', fathoms: 'Fathoms' } as const
export const HEIGHT_WORDS = { meters: 'Metres', feet: 'Feet' } as const
export const DISTANCE_WORDS = { nautical: 'Nautical miles', kilometers: 'Kilometres', statute: 'Statute miles' } as const
export const POSITION_WORDS = {
  minutes: 'Degrees, decimal minutes',
  decimal: 'Decimal degrees',
  seconds: 'Degrees, minutes, seconds',
} as const

/** A unit of long distances, by its metres and its short name. */
export const LONG_DISTANCES: Readonly<Record<DistanceUnit, { metres: number; short: string }>> = {
  nautical: { metres: 1_852, short: 'NM' },
  kilometers: { metres: 1_000, short: 'km' },
  statute: { metres: 1_609.344, short: 'mi' },
}

export const METRES_PER_FOOT = 0.3048

/** A height in its unit: `44 m`, `144 ft`. */
export function heightText(metres: number, unit: HeightUnit, round: (value: number) => number = Math.round): string {
  return unit === 'feet' ? `${round(metres / METRES_PER_FOOT)} ft` : `${metres} m`
}
