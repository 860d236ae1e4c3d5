/** Pixels of 0.28 mm and tiles of 512 px: the scale denominator of zoom 0 on the equator. */
const SCALE_AT_0 = 279_541_132

/** The zoom at which the scale 1:`denominator` is reached at a latitude in degrees; a fraction, never below 0. */
export function zoomOfScale(denominator: number, latitude: number): number {
  return Math.max(0, Math.log2((SCALE_AT_0 * Math.cos((latitude * Math.PI) / 180)) / denominator))
}

/** Usual scales of the usage bands 1 to 6, for a cell that does not say its own. */
const BAND_SCALES = [3_500_000, 700_000, 180_000, 45_000, 12_000, 4_000] as const

export function scaleOrUsual(compilationScale: number, usageBand: number): number {
  return compilationScale > 0 ? compilationScale : (BAND_SCALES[usageBand - 1] ?? 45_000)
}

/** Without SCAMIN an object is shown down to this many times the compilation scale. */
const SCALES_WITHOUT_SCAMIN = 4

/** The group 1 classes (S-57 appendix B.1, 5.4.3): the skin of the earth, when they are areas. */
export const GROUP_1: ReadonlySet<string> = new Set(['DEPARE', 'DRGARE', 'FLODOC', 'HULKES', 'LNDARE', 'PONTON', 'UNSARE'])

/** What the display base always shows: SCAMIN does not count for it. DEPCNT, because any contour may be the safety contour. */
const DISPLAY_BASE: ReadonlySet<string> = new Set([
  ...GROUP_1,
  ...['BRIDGE', 'CBLOHD', 'COALNE', 'CONVYR', 'DAMCON', 'DEPCNT', 'GATCON', 'M_COVR', 'OFSPLF', 'PIPOHD', 'SLCONS'],
])

/** From which zoom an object is shown (S-52: SCAMIN), see `minZoom` of a compiled cell. */
export function minZoomOf(acronym: string, scamin: number | null, compilationScale: number, latitude: number): number {
  if (DISPLAY_BASE.has(acronym)) return 0
  return zoomOfScale(scamin ?? compilationScale * SCALES_WITHOUT_SCAMIN, latitude)
}
