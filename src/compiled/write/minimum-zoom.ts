import { zoomOfScale } from '#geo/scale.ts'

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
