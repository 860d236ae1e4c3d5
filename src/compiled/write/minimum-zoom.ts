import { zoomOfScale } from '#geo/scale.ts'

/** Without SCAMIN, a feature is shown down to this many times the compilation scale. */
const SCALES_WITHOUT_SCAMIN = 4

/** The group 1 classes (S-57 appendix B.1, 5.4.3): as areas, they are the skin of the earth. */
export const GROUP_1: ReadonlySet<string> = new Set(['DEPARE', 'DRGARE', 'FLODOC', 'HULKES', 'LNDARE', 'PONTON', 'UNSARE'])

/** Always shown, whatever their SCAMIN. DEPCNT is among them because any contour may be the safety contour. */
const DISPLAY_BASE: ReadonlySet<string> = new Set([
  ...GROUP_1,
  ...['BRIDGE', 'CBLOHD', 'COALNE', 'CONVYR', 'DAMCON', 'DEPCNT', 'GATCON', 'M_COVR', 'OFSPLF', 'PIPOHD', 'SLCONS'],
])

/** Whether objects of a class are shown at every zoom, however small they are there. */
export function isAlwaysShown(acronym: string): boolean {
  return DISPLAY_BASE.has(acronym)
}

/** Returns `minZoom` of a feature (see `CompiledCell`). @param scamin its SCAMIN or null. @param latitude in degrees. */
export function minZoomOf(acronym: string, scamin: number | null, compilationScale: number, latitude: number): number {
  if (isAlwaysShown(acronym)) return 0
  return zoomOfScale(scamin ?? compilationScale * SCALES_WITHOUT_SCAMIN, latitude)
}
