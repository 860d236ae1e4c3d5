import { WORLD } from '#compiled/format/compiled-cell.ts'
import type { GridPoint, GridRing, GridRings } from '#geo/overlay/grid.ts'
import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { gridX, gridY, type TileFrame, windowOf } from '../draw/tile-frame.ts'

/** What a cell covers, as the database has it: rings by the even-odd rule in world units within 0..WORLD, in shared memory. */
export interface Outline {
  /** x, y. */
  xy: Int32Array
  /** First position of each ring, and the end of the last. */
  ringStart: Uint32Array
}

/** A box in world units. */
export interface WorldBox {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** @param coordinates of a GeoJSON MultiPolygon, longitudes within -180..180. */
export function toOutline(coordinates: readonly (readonly (readonly (readonly number[])[])[])[]): Outline {
  const rings = coordinates.flat()
  const total = rings.reduce((sum, ring) => sum + Math.max(0, ring.length - 1), 0)
  const xy = new Int32Array(new SharedArrayBuffer(total * 8))
  const ringStart = new Uint32Array(new SharedArrayBuffer((rings.length + 1) * 4))
  let at = 0
  rings.forEach((ring, i) => {
    ringStart[i] = at
    for (const [longitude, latitude] of ring.slice(0, -1) as [number, number][]) {
      xy[at * 2] = Math.round(xOfLongitude(longitude))
      xy[at * 2 + 1] = Math.round(yOfLatitude(latitude))
      at++
    }
  })
  ringStart[rings.length] = at
  return { xy, ringStart }
}

/** The boxes to find a cell by: one, or one on each side of the antimeridian. */
export function boxesOf({ xy, ringStart }: Outline): WorldBox[] {
  const halves: WorldBox[] = []
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const box = { minX: WORLD, minY: WORLD, maxX: 0, maxY: 0 }
    for (let i = ringStart[ring]!; i < ringStart[ring + 1]!; i++) {
      box.minX = Math.min(box.minX, xy[i * 2]!)
      box.maxX = Math.max(box.maxX, xy[i * 2]!)
      box.minY = Math.min(box.minY, xy[i * 2 + 1]!)
      box.maxY = Math.max(box.maxY, xy[i * 2 + 1]!)
    }
    // One box around both sides of the antimeridian would be a band around the world.
    const half = halves.find(
      (other) => Math.abs(other.minX - box.minX) < WORLD / 2 && Math.abs(other.maxX - box.maxX) < WORLD / 2,
    )
    if (half === undefined) halves.push(box)
    else {
      half.minX = Math.min(half.minX, box.minX)
      half.minY = Math.min(half.minY, box.minY)
      half.maxX = Math.max(half.maxX, box.maxX)
      half.maxY = Math.max(half.maxY, box.maxY)
    }
  }
  return halves
}

/** An outline on a tile's grid; near the antimeridian also what lies beyond it. */
export function outlineOnGrid({ xy, ringStart }: Outline, frame: TileFrame): GridRings {
  const window = windowOf(frame, frame.box)
  const rings: GridRings = []
  for (const shift of [0, WORLD, -WORLD]) {
    if (shift === WORLD && window.maxX < WORLD) continue
    if (shift === -WORLD && window.minX > 0) continue
    for (let ring = 0; ring + 1 < ringStart.length; ring++) {
      const out: GridRing = []
      let last: GridPoint | null = null
      for (let i = ringStart[ring]!; i < ringStart[ring + 1]!; i++) {
        const x = gridX(frame, xy[i * 2]! + shift)
        const y = gridY(frame, xy[i * 2 + 1]!)
        if (last !== null && last.x === x && last.y === y) continue
        last = { x, y }
        out.push(last)
      }
      if (out.length > 0) rings.push(out)
    }
  }
  return rings
}
