import { createHash } from 'node:crypto'
import type { PackedCoverage } from '#charts/cells/packed-coverage.ts'
import type { GridBox, GridPoint, GridRing, GridRings } from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame, worldBoxOf } from '#geo/tile-frame.ts'
import { emptyWorldBox, extendWorldBox, turnsOnto, WORLD, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'

/** The coverage of a cell: rings for the even-odd rule in world units within 0..WORLD. */
export interface Shape {
  /** x, y. */
  xy: Int32Array
  /** First position of each ring, then the end of the last. */
  ringStart: Int32Array
  /** The boxes by which the cell is found: one, or one on each side of the antimeridian. */
  boxes: readonly WorldBox[]
}

/** A coverage from the database. */
export interface Outline extends Shape {
  /** Names the shape: `DIGEST_BYTES` bytes. */
  digest: Uint8Array
}

/** Length of the digest of an outline. */
export const DIGEST_BYTES = 16

/** The outline of a coverage, with its boxes and digest. */
export function toOutline({ memory, ringStart, xy }: PackedCoverage): Outline {
  const digest = createHash('sha256').update(memory).digest().subarray(0, DIGEST_BYTES)
  return { xy, ringStart, boxes: boxesOf(xy, ringStart), digest }
}

function boxesOf(xy: Int32Array, ringStart: Int32Array): WorldBox[] {
  const halves: WorldBox[] = []
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const box = emptyWorldBox()
    for (let i = ringStart[ring]!; i < ringStart[ring + 1]!; i++) {
      extendWorldBox(box, xy[i * 2]!, xy[i * 2 + 1]!)
    }
    // One box around both sides of the antimeridian would be a band around the world.
    const half = halves.find(
      (other) => Math.abs(other.minX - box.minX) < WORLD / 2 && Math.abs(other.maxX - box.maxX) < WORLD / 2,
    )
    if (half === undefined) halves.push(box)
    else {
      extendWorldBox(half, box.minX, box.minY)
      extendWorldBox(half, box.maxX, box.maxY)
    }
  }
  return halves
}

/** An outline on the grid of a tile; near the antimeridian, including what lies beyond it. */
export function outlineOnGrid({ xy, ringStart }: Shape, frame: TileFrame): GridRings {
  const rings: GridRings = []
  for (const turn of turnsOnto(WORLD_SQUARE, worldBoxOf(frame, frame.box))) {
    for (let ring = 0; ring + 1 < ringStart.length; ring++) {
      const out: GridRing = []
      let last: GridPoint | null = null
      for (let i = ringStart[ring]!; i < ringStart[ring + 1]!; i++) {
        const x = gridX(frame, xy[i * 2]! + turn)
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

/** The boxes around `outlineOnGrid`, found without its points: one for each side of the antimeridian that the frame sees. */
export function extentsOnGrid({ boxes }: Shape, frame: TileFrame): GridBox[] {
  const seen = worldBoxOf(frame, frame.box)
  const extents: GridBox[] = []
  for (const box of boxes) {
    for (const turn of turnsOnto(box, seen)) {
      extents.push({
        left: gridX(frame, box.minX + turn),
        top: gridY(frame, box.minY),
        right: gridX(frame, box.maxX + turn),
        bottom: gridY(frame, box.maxY),
      })
    }
  }
  return extents
}
