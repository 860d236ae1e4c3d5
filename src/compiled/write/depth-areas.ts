import { NO_DEPTH } from '../format/compiled-cell.ts'
import { type Box, boxOf, createOverlapTest, type Shape } from './shape-overlap.ts'

/** A polygon of a depth area: its rings in world units (x, y), the exterior first, and DRVAL1 in millimetres. */
export interface DepthArea {
  rings: Int32Array[]
  depth: number
}

/** DRVAL1 of the depth areas that an object touches, in millimetres; NO_DEPTH for none. */
export interface DepthRange {
  shallowest: number
  deepest: number
}

/** Returns a function that finds the depth areas that an object touches. */
export function createDepthAreaFinder(areas: readonly DepthArea[]): (shape: Shape) => DepthRange {
  const boxes = areas.map(({ rings }) => boxOf(rings))
  const overlaps = createOverlapTest()
  return (shape) => {
    const box = boxOf(shape.paths)
    let shallowest = NO_DEPTH
    let deepest = NO_DEPTH
    for (let i = 0; i < areas.length; i++) {
      const { rings, depth } = areas[i]!
      if (shallowest !== NO_DEPTH && depth >= shallowest && depth <= deepest) continue
      if (!meet(box, boxes[i]!) || !overlaps(shape, rings)) continue
      shallowest = shallowest === NO_DEPTH ? depth : Math.min(shallowest, depth)
      deepest = Math.max(deepest, depth)
    }
    return { shallowest, deepest }
  }
}

function meet(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
}
