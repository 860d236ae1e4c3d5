import type { FeatureRow } from './feature-rows.ts'

/** Classes of areas that have neither boundary nor middle: depth areas (their borders are contours) and plain meta data. */
const PLAIN = new Set(['DEPARE', 'M_ACCY', 'M_COVR', 'M_CSCL', 'M_HOPA', 'M_SDAT', 'M_SREL', 'M_VDAT'])

/** Classes of areas whose boundary is drawn even where a coastline or shore structure runs, because its priority is as high. */
const ABOVE_COAST = new Set(['BRIDGE', 'CONVYR', 'DAMCON', 'GATCON', 'OBSTRN', 'SLCONS', 'TIDEWY', 'WRECKS'])

/** Classes of lines that are drawn stretch by stretch where parts of them are inaccurate. */
const ACCURACY_LINES = new Set(['COALNE', 'SLCONS', 'LNDARE', 'OBSTRN', 'WRECKS', 'UWTROC'])

/** Whether tiles have the boundary and the middle of an area as layers of their own. */
export function hasOutline({ acronym, primitive }: FeatureRow): boolean {
  return primitive === 'area' && !PLAIN.has(acronym)
}

/** Whether a large area gets further middles; meta data other than the system of buoyage has no symbol to repeat. */
export function repeatsMiddle({ acronym }: FeatureRow): boolean {
  return !acronym.startsWith('M_') || acronym === 'M_NSYS'
}

/** Whether the boundary of an area is hidden where a coastline or shore structure runs. */
export function isBelowCoast({ acronym }: FeatureRow): boolean {
  return !ABOVE_COAST.has(acronym)
}

/** Whether a line shows which of its stretches are inaccurate. */
export function showsAccuracy({ acronym, primitive }: FeatureRow): boolean {
  return primitive === 'line' && ACCURACY_LINES.has(acronym)
}
