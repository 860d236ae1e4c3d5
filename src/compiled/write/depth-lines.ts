import { NO_DEPTH } from '../format/compiled-cell.ts'
import type { Topology } from './topology.ts'

/** What runs along each stretch, as far as depth lines need it. */
export interface StretchUse {
  /** DRVAL1 of the depth areas on it in millimetres, NO_DEPTH for none: at most two, one on each side. */
  first: Int32Array
  second: Int32Array
  contour: Uint8Array
  limit: Uint8Array
}

export interface DepthBoundary {
  stretch: number
  /** Millimetres: the deeper side, and the shallower one (NO_DEPTH where it is no depth area). */
  deeper: number
  shallower: number
}

export function createStretchUse(topology: Topology): StretchUse {
  const count = topology.stretchStart.length - 1
  return {
    first: new Int32Array(count).fill(NO_DEPTH),
    second: new Int32Array(count).fill(NO_DEPTH),
    contour: new Uint8Array(count),
    limit: new Uint8Array(count),
  }
}

/** Notes that a depth area lies along a stretch. */
export function useAsDepthArea(use: StretchUse, stretch: number, depth: number): void {
  if (use.first[stretch] === NO_DEPTH) use.first[stretch] = depth
  else if (use.second[stretch] === NO_DEPTH) use.second[stretch] = depth
}

/**
 * Where the depth changes and no contour is charted: between two depth areas, or between one and land or the unknown. S-52
 * draws the safety contour there too (DEPARE03). Nothing along the limit of the coverage: the sea goes on in the next cell.
 */
export function depthBoundaries(use: StretchUse): DepthBoundary[] {
  const found: DepthBoundary[] = []
  for (let stretch = 0; stretch < use.first.length; stretch++) {
    const a = use.first[stretch]!
    const b = use.second[stretch]!
    if (a === NO_DEPTH || a === b || use.contour[stretch] === 1 || use.limit[stretch] === 1) continue
    const deeper = Math.max(a, b)
    // A safety depth of 0 or less is of no use to anyone, and every drying height would get a line along the coast.
    if (deeper > 0) found.push({ stretch, deeper, shallower: b === NO_DEPTH ? NO_DEPTH : Math.min(a, b) })
  }
  return found
}

/** The next smaller of some depths, by depth; NO_DEPTH for the smallest. */
export function nextShallower(depths: Iterable<number>): Map<number, number> {
  const sorted = [...new Set(depths)].sort((a, b) => a - b)
  return new Map(sorted.map((depth, i) => [depth, sorted[i - 1] ?? NO_DEPTH]))
}
