import type { GridLine, GridPoint } from '#geo/overlay/grid.ts'
import { gridX, gridY } from '#geo/tile-frame.ts'
import { latitudeOfY, WORLD } from '#geo/world.ts'
import type { CellView } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'

/** Nautical miles, of a light without VALNMR (S-52 LIGHTS06). */
const USUAL_RANGE = 9
/** Nautical miles: no light is charted with more, so a mistyped range does not lead a line around the world. */
const FARTHEST = 60
/** World units of a nautical mile on the equator. */
const MILE = WORLD / 360 / 60

/** A light of a share's cell, which may stand far from the tile. */
export interface PlacedLight {
  share: TileShare
  view: CellView
  /** Of `CompiledCell.lights`. */
  row: number
  centre: GridPoint
}

/**
 * The line from a light along a bearing, as long as the light's range, on the ground that its cell draws: any tile draws its piece without
 * knowing what lies between it and the light. A bearing is a straight line in Mercator.
 *
 * @param bearing degrees from the light.
 * @param tip the line is never cut before it; null where the light belongs to another cell or is far from the tile.
 */
export function lineOfLight({ share, view, row, centre }: PlacedLight, bearing: number, tip: GridPoint | null): GridLine[] {
  const end = endOf(view, row, bearing)
  if (end.x === centre.x && end.y === centre.y) return []
  const pieces = share.visible ? share.clipLines([[centre, end]]) : []
  if (tip === null) return pieces
  const far = (point: GridPoint) => Math.hypot(point.x - centre.x, point.y - centre.y)
  let last = far(tip) < far(end) ? tip : end
  const beyond: GridLine[] = []
  for (const piece of pieces) {
    // A unit for rounding.
    if (far(piece[0]!) > far(last) + 1) beyond.push(piece)
    else if (far(piece.at(-1)!) > far(last)) last = piece.at(-1)!
  }
  return [[centre, last], ...beyond]
}

/** Where the light is no longer seen. */
function endOf({ cell, frame, turn }: CellView, row: number, bearing: number): GridPoint {
  const { lights, pointStart, pointXY } = cell
  const charted = lights.range[row]!
  const miles = Math.min(charted > 0 ? charted : USUAL_RANGE, FARTHEST)
  const point = pointStart[lights.feature[row]!]!
  const [x, y] = [pointXY[point * 2]!, pointXY[point * 2 + 1]!]
  const angle = (bearing * Math.PI) / 180
  // The scale of Mercator in the middle of the line.
  const latitude = latitudeOfY(y) + (miles * Math.cos(angle)) / 60 / 2
  const length = (miles * MILE) / Math.cos((latitude * Math.PI) / 180)
  return { x: gridX(frame, x + length * Math.sin(angle) - turn), y: gridY(frame, y - length * Math.cos(angle)) }
}
