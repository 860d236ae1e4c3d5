import { SEGMENT } from '#s57/segment-flags.ts'
import { NO_DEPTH } from '../format/compiled-cell.ts'
import { type FeatureRow, sideDepthOf, UNSAFE } from './feature-rows.ts'
import type { Topology } from './topology.ts'

/** What runs along each stretch, as far as contours and boundaries need it. Flags are 1 or 0. */
export interface StretchUse {
  /** Depth of the area on either side in millimetres: DRVAL1, `UNSAFE` for land and unsurveyed ground, NO_DEPTH for neither. */
  left: Int32Array
  right: Int32Array
  /** A contour (DEPCNT). */
  contour: Uint8Array
  /** The limit of the coverage. */
  limit: Uint8Array
  /** Inland water, a dock, a lock or a shore structure: land beside it does not make a safety contour (S-52 DEPARE03). */
  exempt: Uint8Array
  /** A coastline or shore structure, whose line hides those of areas. */
  coast: Uint8Array
  /** A depth area has an inaccurate boundary. */
  lowAccuracy: Uint8Array
}

const INLAND = new Set(['RIVERS', 'LAKARE', 'CANALS', 'DOCARE', 'LOKBSN', 'GATCON', 'DAMCON'])

/** @param coverage the paths of the coverage, the second number excluded. */
export function stretchUseOf(
  topology: Topology,
  rows: readonly FeatureRow[],
  coverage: readonly [first: number, end: number],
): StretchUse {
  const count = topology.stretchStart.length - 1
  const use: StretchUse = {
    left: new Int32Array(count).fill(NO_DEPTH),
    right: new Int32Array(count).fill(NO_DEPTH),
    contour: new Uint8Array(count),
    limit: new Uint8Array(count),
    exempt: new Uint8Array(count),
    coast: new Uint8Array(count),
    lowAccuracy: new Uint8Array(count),
  }
  const { pathStart, pathStretches, pathFlags } = topology
  const mark = (flags: Uint8Array, firstPath: number, endPath: number) => {
    for (let i = pathStart[firstPath]!; i < pathStart[endPath]!; i++) flags[pathStretches[i]! >> 1] = 1
  }
  // Where two coverages adjoin, both pass the stretch, and it is no limit.
  for (let i = pathStart[coverage[0]]!; i < pathStart[coverage[1]]!; i++) use.limit[pathStretches[i]! >> 1]! ^= 1
  for (const row of rows) {
    const { acronym, firstPath, endPath } = row
    if (acronym === 'DEPCNT') mark(use.contour, firstPath, endPath)
    if (isExempt(row)) mark(use.exempt, firstPath, endPath)
    if ((acronym === 'COALNE' && row.primitive === 'line') || acronym === 'SLCONS') mark(use.coast, firstPath, endPath)
    const depth = sideDepthOf(row)
    if (depth === null) continue
    for (let i = pathStart[firstPath]!; i < pathStart[endPath]!; i++) {
      addSide(use, pathStretches[i]!, depth)
      if (depth !== UNSAFE && (pathFlags[i]! & SEGMENT.lowAccuracy) !== 0) use.lowAccuracy[pathStretches[i]! >> 1] = 1
    }
  }
  return use
}

/** A ring has its area on the right. Where areas overlap, the shallower one counts. */
function addSide({ left, right }: StretchUse, reference: number, depth: number): void {
  const side = (reference & 1) === 0 ? right : left
  const stretch = reference >> 1
  if (side[stretch] === NO_DEPTH || depth < side[stretch]!) side[stretch] = depth
}

function isExempt({ acronym, primitive, attributes }: FeatureRow): boolean {
  if (INLAND.has(acronym)) return true
  if (acronym === 'LNDARE') return primitive === 'line'
  if (acronym !== 'SLCONS' && acronym !== 'CAUSWY') return false
  return ['', '1', '2', '6'].includes(attributes.get('WATLEV') ?? '')
}

/** The depths beside a stretch in millimetres, for the safety contour. */
export interface DepthSides {
  /** `UNSAFE` for land and unsurveyed ground; NO_DEPTH where these do not make a safety contour, or nothing is known. */
  shallow: number
  deep: number
}

/** Returns the depths on the two sides of a stretch. */
export function sidesOf({ left, right, exempt }: StretchUse, stretch: number): DepthSides {
  const [a, b] = [left[stretch]!, right[stretch]!]
  const shallow = Math.min(a, b)
  const deep = Math.max(a, b)
  if (a === NO_DEPTH || b === NO_DEPTH || deep === UNSAFE) return { shallow: NO_DEPTH, deep: NO_DEPTH }
  return { shallow: shallow === UNSAFE && exempt[stretch] === 1 ? NO_DEPTH : shallow, deep }
}
