import { type Window, WORLD, WORLD_BITS } from '#charts/compiled/compiled-cell.ts'
import { clipRingsToBox } from '#geo/clip.ts'
import type { GridPoint, GridRing, GridRings } from '#geo/grid.ts'
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

export function createLandMap(resolutions: readonly LandRings[]): LandMap {
  const pieces = new Map<string, GridRings>()

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
        if (z < PIECE_ZOOM) {
          addRings(land, moved, frame, shift, rings)
          continue
        }
        const source = pieceOf(land, x >> (z - PIECE_ZOOM), y >> (z - PIECE_ZOOM), shift)
        for (const ring of source) {
          const onGrid = toGrid(frame, ring, shift)
          if (onGrid.length > 2) rings.push(onGrid)
        }
      }
      return clipRingsToBox(rings, frame.box)
    },
  }

  function pieceOf(land: LandRings, px: number, py: number, shift: number): GridRings {
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

/** The rings that meet a window, cut to it, in world units. */
function cut(land: LandRings, window: Window): GridRings {
  const { xy, ringStart, ringBox } = land
  const rings: GridRings = []
  for (let i = 0; i + 1 < ringStart.length; i++) {
    const [left, top, right, bottom] = ringBox.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number]
    if (left > window.maxX || right < window.minX || top > window.maxY || bottom < window.minY) continue
    const ring: GridRing = []
    for (let at = ringStart[i]!; at < ringStart[i + 1]!; at++) ring.push({ x: xy[at * 2]!, y: xy[at * 2 + 1]! })
    rings.push(ring)
  }
  return clipRingsToBox(rings, { left: window.minX, top: window.minY, right: window.maxX, bottom: window.maxY })
}

/** Adds the rings that meet a window, on the grid. */
function addRings(
  { xy, ringStart, ringBox }: LandRings,
  window: Window,
  frame: TileFrame,
  shift: number,
  rings: GridRings,
): void {
  for (let i = 0; i + 1 < ringStart.length; i++) {
    if (ringBox[i * 4]! > window.maxX || ringBox[i * 4 + 2]! < window.minX) continue
    if (ringBox[i * 4 + 1]! > window.maxY || ringBox[i * 4 + 3]! < window.minY) continue
    const ring: GridRing = []
    let last: GridPoint | null = null
    for (let at = ringStart[i]!; at < ringStart[i + 1]!; at++) {
      const x = gridX(frame, xy[at * 2]! - shift)
      const y = gridY(frame, xy[at * 2 + 1]!)
      if (last !== null && last.x === x && last.y === y) continue
      last = { x, y }
      ring.push(last)
    }
    if (ring.length > 2) rings.push(ring)
  }
}

function toGrid(frame: TileFrame, ring: GridRing, shift: number): GridRing {
  const out: GridRing = []
  let last: GridPoint | null = null
  for (const point of ring) {
    const x = gridX(frame, point.x - shift)
    const y = gridY(frame, point.y)
    if (last !== null && last.x === x && last.y === y) continue
    last = { x, y }
    out.push(last)
  }
  return out
}
