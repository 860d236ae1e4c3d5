import polylabel from 'polylabel'
import { emptyBox, extendBox, type IntegerBox } from './cell-box.ts'
import { crossingsOf } from './crossings.ts'

/** A position well inside a polygon, and how far from its outline (0 when not known). In world units. */
export interface Pole {
  x: number
  y: number
  radius: number
}

/** Bounds the search in a hostile cell: positions of simplified rings. A real cell needs a hundredth of it. */
const MOST_POSITIONS = 4_000_000
/** Rings are simplified by this part of the longer side of their box. */
const SIMPLIFIED_BY = 1 / 1_024

/**
 * Creates a function that returns the pole of inaccessibility of a polygon, within a 64th of its shorter side; for slivers the middle
 * of its widest span. It always lies inside.
 *
 * @returns a function of the rings in world units (x, y), the exterior first, without closing positions.
 */
export function createPoleFinder(): (rings: readonly Int32Array[]) => Pole {
  let budget = MOST_POSITIONS
  return (rings) => {
    const [minX, minY, maxX, maxY] = boxOfRing(rings[0]!)
    const [width, height] = [maxX - minX, maxY - minY]
    const tolerance = Math.max(width, height) * SIMPLIFIED_BY
    const simple = rings.map((ring) => simplified(ring, tolerance)).filter((ring) => ring.length >= 3)
    budget -= simple.reduce((sum, ring) => sum + ring.length, 0)
    if (simple.length === 0 || simple[0]!.length < 3 || budget < 0) return middleOf(rings)
    const precision = Math.max(2, Math.min(width, height) / 64, Math.max(width, height) / 512)
    const found = polylabel(simple, precision)
    // Closer to the simplified outline than this, the position may be outside the real one.
    if (!(found.distance > 2 * tolerance + 1)) return middleOf(rings)
    return { x: Math.round(found[0]!), y: Math.round(found[1]!), radius: found.distance - tolerance }
  }
}

/** Leaves out the positions of a ring that lie within a distance of the last one kept. */
function simplified(ring: Int32Array, tolerance: number): [number, number][] {
  const kept: [number, number][] = []
  let [lastX, lastY] = [Infinity, Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    if (Math.hypot(x - lastX, y - lastY) < tolerance) continue
    kept.push([x, y])
    lastX = x
    lastY = y
  }
  return kept
}

/** Returns the middle of the widest span across the longer side of the box, at its middle. */
function middleOf(rings: readonly Int32Array[]): Pole {
  const [minX, minY, maxX, maxY] = boxOfRing(rings[0]!)
  const axis = maxX - minX > maxY - minY ? 0 : 1
  // Half a unit beside the integer positions of vertices.
  const at = Math.floor(axis === 0 ? (minX + maxX) / 2 : (minY + maxY) / 2) + 0.5
  const [crossings = []] = crossingsOf(rings, { axis, origin: at, step: 1, first: 0, count: 1 })
  let [middle, width] = [axis === 0 ? rings[0]![1]! : rings[0]![0]!, -1]
  for (let i = 1; i < crossings.length; i += 2) {
    if (crossings[i]! - crossings[i - 1]! <= width) continue
    width = crossings[i]! - crossings[i - 1]!
    middle = (crossings[i]! + crossings[i - 1]!) / 2
  }
  const [along, across] = [Math.floor(at), Math.round(middle)]
  return axis === 0 ? { x: along, y: across, radius: 0 } : { x: across, y: along, radius: 0 }
}

/** Returns the box around a ring. */
export function boxOfRing(ring: Int32Array): IntegerBox {
  const box = emptyBox()
  for (let i = 0; i < ring.length; i += 2) extendBox(box, ring[i]!, ring[i + 1]!)
  return box
}
