import type { Feature } from '#s57/cell.ts'
import { drawnClassName } from '../format/catalogue-lookup.ts'

/** Group 1, the skin of the earth (S-57 appendix B.1, 3.4): its areas cover the ground of a cell without a gap. */
const GROUP_ONE = new Set(['DEPARE', 'DRGARE', 'FLODOC', 'HULKES', 'LNDARE', 'PONTON', 'UNSARE'])

export function isGroupOneArea({ acronym, primitive, geometry }: Feature): boolean {
  return primitive === 'area' && geometry !== null && GROUP_ONE.has(drawnClassName(acronym))
}
