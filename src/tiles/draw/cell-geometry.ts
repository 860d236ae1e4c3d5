import { type CompiledCell, PART, PRIMITIVE } from '#compiled/format/compiled-cell.ts'
import { boxesInCell, featuresIn, soundingsIn } from '#compiled/read/query-compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import type { GridBox, GridLine, GridPoint, GridRings } from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame, worldBoxOf } from '#geo/tile-frame.ts'
import type { WorldBox } from '#geo/world.ts'

/** A cell from the point of view of a tile. A tile that meets a cell on both sides of the antimeridian has two views of it. */
export interface CellView {
  cell: CompiledCell
  frame: TileFrame
  /** The tile's box in the units of the cell. */
  box: WorldBox
  /** World units to add to an x of the world for the x of the cell. */
  turn: number
}

/** The views of a cell from a box of the grid; none where they do not meet. */
export function viewsOf(cell: CompiledCell, frame: TileFrame, gridBox: GridBox): CellView[] {
  return boxesInCell(cell, worldBoxOf(frame, gridBox)).map(({ box, turn }) => ({ cell, frame, box, turn }))
}

// Reused for each part.
const positions = createPositionBuffer()

/** A point of the cell on the grid. @param point index into `pointXY`. */
export function pointOf({ cell, frame, turn }: CellView, point: number): GridPoint {
  return {
    x: gridX(frame, cell.pointXY[point * 2]! - turn),
    y: gridY(frame, cell.pointXY[point * 2 + 1]!),
  }
}

/** Whether a cell has a point object or a sounding of a class within a unit of a position. */
export function hasPoint(cell: CompiledCell, frame: TileFrame, { x, y }: GridPoint, objectClass: number): boolean {
  const { primitive, indexedPointFeature } = cell
  const around = { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }
  return viewsOf(cell, frame, around).some(({ box }) => {
    const objects = featuresIn(cell, box).filter((feature) => primitive[feature] === PRIMITIVE.point)
    if (objects.some((feature) => cell.objectClass[feature] === objectClass)) return true
    return soundingsIn(cell, box).some((item) => cell.objectClass[indexedPointFeature[item]!] === objectClass)
  })
}

/** All rings of an area, for the even-odd rule; parts far outside the view's box are simplified away. */
export function ringsOf(view: CellView, feature: number): GridRings {
  const { partStart } = view.cell
  return readRings(view, partStart[feature]!, partStart[feature + 1]!)
}

/** The rings of the cell's coverage, for the even-odd rule. */
export function coverageOf(view: CellView): GridRings {
  return readRings(view, view.cell.coverageParts[0], view.cell.coverageParts[1])
}

function readRings(view: CellView, from: number, to: number): GridRings {
  const rings: GridRings = []
  for (let part = from; part < to; part++) {
    const ring = readPath(view, part)
    while (ring.length > 1 && isSame(ring[0]!, ring.at(-1)!)) ring.pop()
    if (ring.length > 2) rings.push(ring)
  }
  return rings
}

/** The parts of a line object that are lines. */
export function linePartsOf({ partStart, partKind }: CompiledCell, feature: number): number[] {
  const parts: number[] = []
  for (let part = partStart[feature]!; part < partStart[feature + 1]!; part++) if (partKind[part] === PART.line) parts.push(part)
  return parts
}

/** The lines of a line object. */
export function linesOf(view: CellView, feature: number): GridLine[] {
  return linePartsOf(view.cell, feature)
    .map((part) => readPath(view, part))
    .filter((line) => line.length > 1)
}

/** A part as a line: a ring is closed. Null where nothing of it is shown. @param options.whole keeps what lies far outside the view's box. */
export function lineAlong(view: CellView, part: number, { whole = false } = {}): GridLine | null {
  const line = readPath(view, part, whole)
  if (line.length < 2) return null
  if (view.cell.partKind[part] !== PART.line && !isSame(line[0]!, line.at(-1)!)) line.push(line[0]!)
  return line
}

function readPath({ cell, frame, box, turn }: CellView, part: number, whole = false): GridLine {
  const count = readPart(cell, part, frame.detailZoom, positions, whole ? null : box)
  const path: GridLine = []
  let last: GridPoint | null = null
  for (let i = 0; i < count; i++) {
    const x = gridX(frame, positions.xy[i * 2]! - turn)
    const y = gridY(frame, positions.xy[i * 2 + 1]!)
    if (last !== null && last.x === x && last.y === y) continue
    last = { x, y }
    path.push(last)
  }
  return path
}

const isSame = (a: GridPoint, b: GridPoint) => a.x === b.x && a.y === b.y
