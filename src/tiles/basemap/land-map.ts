import { type Window, WORLD, WORLD_BITS } from '#compiled/format/compiled-cell.ts'
import { clipRingsToBox } from '#geo/overlay/clip.ts'
import type { GridPoint, GridRing, GridRings } from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame, windowOf } from '../draw/tile-frame.ts'
import type { LandRings } from './load-land.ts'

export interface LandMap {
  /** The land in the frame's box, by the even-odd rule. */
  ringsIn(frame: TileFrame): GridRings
}

/** Land is cut once into pieces of this zoom: a continent has a hundred thousand vertices, too many for each tile. */
const PIECE_ZOOM = 6
const MOST_PIECES = 256
/** World units around a piece: more than any tile's buffer at this zoom. */
const PIECE_MARGIN = 2 ** (WORLD_BITS - PIECE_ZOOM - 2)

/** x, y, x, y ... in world units: a piece of a continent as objects would take ten times as much. */
type FlatRing = Int32Array

export function createLandMap(resolutions: readonly LandRings[]): LandMap {
  const pieces = new Map<string, FlatRing[]>()

  return {
    ringsIn(frame) {
      const { z, x, y } = frame.tile
      const land = resolutions.findLast(({ fromZoom }) => fromZoom <= z)
      if (land === undefined) return []
      const rings: GridRings = []
      for (const shift of [0, -WORLD, WORLD]) {
        const window = windowOf(frame, frame.box)
        const moved = { ...window, minX: window.minX + shift, maxX: window.maxX + shift }
        if (moved.maxX <= 0 || moved.minX >= WORLD) continue
        const near =
          z < PIECE_ZOOM ? ringsMeeting(land, moved) : pieceOf(land, x >> (z - PIECE_ZOOM), y >> (z - PIECE_ZOOM), shift)
        for (const ring of near) addOnGrid(frame, ring, shift, rings)
      }
      return clipRingsToBox(rings, frame.box)
    },
  }

  function pieceOf(land: LandRings, px: number, py: number, shift: number): FlatRing[] {
    const key = `${px} ${py} ${shift}`
    const known = pieces.get(key)
    if (known !== undefined) return known
    const size = 2 ** (WORLD_BITS - PIECE_ZOOM)
    const piece = cut(land, {
      minX: px * size - PIECE_MARGIN + shift,
      minY: py * size - PIECE_MARGIN,
      maxX: (px + 1) * size + PIECE_MARGIN + shift,
      maxY: (py + 1) * size + PIECE_MARGIN,
    })
    pieces.set(key, piece)
    for (const oldest of pieces.keys()) {
      if (pieces.size <= MOST_PIECES) break
      pieces.delete(oldest)
    }
    return piece
  }
}

/** The rings that meet a window, cut to it. */
function cut(land: LandRings, window: Window): FlatRing[] {
  const rings = ringsMeeting(land, window).map((xy) => {
    const ring: GridRing = []
    for (let i = 0; i < xy.length; i += 2) ring.push({ x: xy[i]!, y: xy[i + 1]! })
    return ring
  })
  const box = { left: window.minX, top: window.minY, right: window.maxX, bottom: window.maxY }
  return clipRingsToBox(rings, box).map((ring) => Int32Array.from(ring.flatMap(({ x, y }) => [x, y])))
}

/** The rings whose box meets a window. */
function ringsMeeting({ xy, ringStart, ringBox }: LandRings, window: Window): FlatRing[] {
  const found: FlatRing[] = []
  for (let i = 0; i * 4 < ringBox.length; i++) {
    if (ringBox[i * 4]! > window.maxX || ringBox[i * 4 + 2]! < window.minX) continue
    if (ringBox[i * 4 + 1]! > window.maxY || ringBox[i * 4 + 3]! < window.minY) continue
    found.push(xy.subarray(ringStart[i]! * 2, ringStart[i + 1]! * 2))
  }
  return found
}

/** Adds a ring to others on the grid, unless nothing of it is left there. */
function addOnGrid(frame: TileFrame, xy: FlatRing, shift: number, rings: GridRings): void {
  const ring: GridRing = []
  let last: GridPoint | null = null
  for (let i = 0; i < xy.length; i += 2) {
    const x = gridX(frame, xy[i]! - shift)
    const y = gridY(frame, xy[i + 1]!)
    if (last !== null && last.x === x && last.y === y) continue
    last = { x, y }
    ring.push(last)
  }
  if (ring.length > 2) rings.push(ring)
}
