import { clipRingsToBox } from '#geo/overlay/clip-rings.ts'
import type { GridPoint, GridRing, GridRings } from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame, worldBoxOf } from '#geo/tile-frame.ts'
import { tileWorldBox } from '#geo/tile-grid.ts'
import { turned, turnsOnto, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'
import type { LandRings } from './load-land.ts'

/** The background land of tiles. */
export interface LandMap {
  /** The land in the frame's box, by the even-odd rule. */
  ringsIn(frame: TileFrame): GridRings
}

/** Land is cut once into tiles of this zoom: a continent has a hundred thousand vertices, too many to read for each tile. */
const PIECE_ZOOM = 6
const MAXIMUM_PIECES = 256
/** Around a piece, in 4,096ths of it: more than the buffer of any tile at this zoom. */
const PIECE_MARGIN = 1_024

/** x, y, x, y ... in world units: as objects, a piece of a continent would take ten times the memory. */
type FlatRing = Int32Array

/** @param resolutions by ascending zoom, as `loadLand` gives them. */
export function createLandMap(resolutions: readonly LandRings[]): LandMap {
  const pieces = new Map<string, FlatRing[]>()

  return {
    ringsIn(frame) {
      const { z, x, y } = frame.tile
      const land = resolutions.findLast(({ fromZoom }) => fromZoom <= z)
      if (land === undefined) return []
      const rings: GridRings = []
      const box = worldBoxOf(frame, frame.box)
      for (const turn of turnsOnto(box, WORLD_SQUARE)) {
        const near =
          z < PIECE_ZOOM
            ? ringsMeeting(land, turned(box, turn))
            : pieceOf(land, x >> (z - PIECE_ZOOM), y >> (z - PIECE_ZOOM), turn)
        for (const ring of near) addOnGrid(frame, ring, turn, rings)
      }
      return clipRingsToBox(rings, frame.box)
    },
  }

  function pieceOf(land: LandRings, x: number, y: number, turn: number): FlatRing[] {
    const key = `${x} ${y} ${turn}`
    const known = pieces.get(key)
    if (known !== undefined) return known
    const piece = cut(land, turned(tileWorldBox({ z: PIECE_ZOOM, x, y }, PIECE_MARGIN), turn))
    pieces.set(key, piece)
    for (const oldest of pieces.keys()) {
      if (pieces.size <= MAXIMUM_PIECES) break
      pieces.delete(oldest)
    }
    return piece
  }
}

/** The rings that meet a box, cut to it. */
function cut(land: LandRings, box: WorldBox): FlatRing[] {
  const rings = ringsMeeting(land, box).map((xy) => {
    const ring: GridRing = []
    for (let i = 0; i < xy.length; i += 2) ring.push({ x: xy[i]!, y: xy[i + 1]! })
    return ring
  })
  const { minX: left, minY: top, maxX: right, maxY: bottom } = box
  return clipRingsToBox(rings, { left, top, right, bottom }).map((ring) => Int32Array.from(ring.flatMap(({ x, y }) => [x, y])))
}

/** The rings whose own box meets a box. */
function ringsMeeting({ xy, ringStart, ringBox }: LandRings, box: WorldBox): FlatRing[] {
  const found: FlatRing[] = []
  for (let i = 0; i * 4 < ringBox.length; i++) {
    if (ringBox[i * 4]! > box.maxX || ringBox[i * 4 + 2]! < box.minX) continue
    if (ringBox[i * 4 + 1]! > box.maxY || ringBox[i * 4 + 3]! < box.minY) continue
    found.push(xy.subarray(ringStart[i]! * 2, ringStart[i + 1]! * 2))
  }
  return found
}

/** Adds a ring on the grid to others, unless rounding leaves nothing of it. */
function addOnGrid(frame: TileFrame, xy: FlatRing, turn: number, rings: GridRings): void {
  const ring: GridRing = []
  let last: GridPoint | null = null
  for (let i = 0; i < xy.length; i += 2) {
    const x = gridX(frame, xy[i]! - turn)
    const y = gridY(frame, xy[i + 1]!)
    if (last !== null && last.x === x && last.y === y) continue
    last = { x, y }
    ring.push(last)
  }
  if (ring.length > 2) rings.push(ring)
}
