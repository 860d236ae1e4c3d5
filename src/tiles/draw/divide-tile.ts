import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { statesCoverage } from '#compiled/read/states-coverage.ts'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { clipLineToBox, clipLineToRings } from '#geo/overlay/clip-lines.ts'
import { clipRingsToBox, subtractRings } from '#geo/overlay/clip-rings.ts'
import { cutToArea, placeOfBox } from '#geo/overlay/cut-to-area.ts'
import {
  boxRing,
  doubleGridArea,
  type GridBox,
  type GridLine,
  type GridPoint,
  type GridPolygon,
  type GridRings,
  gridBoxHolds,
  gridBoxOf,
  sideOfRings,
} from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame } from '#geo/tile-frame.ts'
import { coverageOfParts, quilt } from '../quilt/quilt.ts'
import { coverageOf, hasPoint, viewsOf } from './cell-geometry.ts'

/** The share of a tile that one cell draws. */
export interface TileShare {
  cell: CompiledCell
  /** Whether the share has ground in the tile with its buffer; without, only figures may reach in from beyond. */
  visible: boolean
  /** Ground within the frame's box; null for all of it. */
  area: GridRings | null
  /** Whether the share is drawn over those of other cells, without claiming ground. */
  isOverlay: boolean
  /**
   * Whether this cell draws a point object: it covers the point and no earlier cell does. A point on the border of an earlier cell
   * belongs to that cell only if it has an object of the class there.
   */
  owns(point: GridPoint, objectClass: number): boolean
  /** Cuts lines to the share. */
  clipLines(lines: readonly GridLine[]): GridLine[]
  /** Cuts an area, by the even-odd rule, to the share; returns valid polygons. */
  clipArea(rings: GridRings): GridPolygon[]
}

export interface DividedTile {
  shares: TileShare[]
  /** Ground within the frame's box that no cell covers; null for all of it. */
  open: GridRings | null
}

/**
 * Divides a tile among cells.
 *
 * @param cells in the order of their claim.
 * @param far a box around the frame's, whose ground is divided too because figures there may reach into the tile.
 */
export function divideTile(cells: readonly CompiledCell[], frame: TileFrame, far: GridBox = frame.box): DividedTile {
  const { box } = frame
  const { shares, open } = quilt(cells, (cell) => coverageOfParts(viewsOf(cell, frame, far).map(coverageOf)), far)
  const claimed: { cell: CompiledCell; sideOf: (point: GridPoint) => Side }[] = []
  const overlays = cells.flatMap((cell) => (statesCoverage(cell) ? [] : [overlayOf(cell, frame, far)]))
  const divided = {
    open: open === null ? null : clipRingsToBox(open, box),
    shares: shares.map(({ cell, coverage, area }) => {
      const near = area === null ? null : clipRingsToBox(area, box)
      const whole = near === null || areaOf(near) >= (box.right - box.left) * (box.bottom - box.top)
      const earlier = [...claimed]
      const sideOf = sidesOf(coverage)
      claimed.push({ cell, sideOf })
      const owns = (point: GridPoint, objectClass: number) => {
        if (area === null) return true
        if (sideOf(point) === 'outside') return false
        return earlier.every((other) => {
          const side = other.sideOf(point)
          // Only one of two adjoining cells has the object on their border (S-57 appendix B.1, 2.2), and it may be either.
          return (
            side === 'outside' ||
            (side === 'boundary' && !isOnEdge(point, far) && !hasPoint(other.cell, frame, point, objectClass))
          )
        })
      }
      return createShare(cell, box, whole ? null : near, owns)
    }),
  }
  return { ...divided, shares: [...divided.shares, ...overlays] }
}

/** The share of a cell without coverage outside its own ground: there its objects are drawn over other cells. */
function overlayOf(cell: CompiledCell, frame: TileFrame, far: GridBox): TileShare {
  const views = viewsOf(cell, frame, far)
  const { minX, minY, maxX, maxY } = cell.header
  const boxes = views.map(({ turn }) =>
    boxRing({
      left: gridX(frame, minX - turn) - 1,
      top: gridY(frame, minY) - 1,
      right: gridX(frame, maxX - turn) + 1,
      bottom: gridY(frame, maxY) + 1,
    }),
  )
  const ground = cleanPolygon(clipRingsToBox(views.flatMap(coverageOf), far)).flat()
  const around = subtractRings(clipRingsToBox(boxes, far), ground)
  const sideOf = sidesOf(around)
  const share = createShare(cell, frame.box, clipRingsToBox(around, frame.box), (point) => sideOf(point) !== 'outside')
  return { ...share, isOverlay: true }
}

type Side = ReturnType<typeof sideOfRings>

/** Like `sideOfRings`, for many points, most of which lie outside the rings' box. */
function sidesOf(rings: GridRings): (point: GridPoint) => Side {
  const { left, top, right, bottom } = gridBoxOf(rings)
  return ({ x, y }) => (x < left || x > right || y < top || y > bottom ? 'outside' : sideOfRings(x, y, rings))
}

/** Whether a point lies on the edge of the divided box: coverages are cut there, so it is not a border of theirs. */
function isOnEdge({ x, y }: GridPoint, { left, top, right, bottom }: GridBox): boolean {
  return x === left || x === right || y === top || y === bottom
}

function createShare(cell: CompiledCell, box: GridBox, area: GridRings | null, owns: TileShare['owns']): TileShare {
  return {
    cell,
    isOverlay: false,
    visible: area === null || area.length > 0,
    area,
    owns,
    /** Cuts lines to the share. */
    clipLines(lines) {
      const near = lines.flatMap((line) => (gridBoxHolds(box, gridBoxOf([line])) ? [line] : clipLineToBox(line, box)))
      if (area === null || near.length === 0) return near
      return near.flatMap((line) => {
        const where = placeOfBox(gridBoxOf([line]), area)
        return where === 'inside' ? [line] : where === 'outside' ? [] : clipLineToRings(line, area)
      })
    },
    clipArea(rings) {
      const near = clipRingsToBox(rings, box)
      if (near.length === 0) return []
      return area === null ? cleanPolygon(near) : cutToArea(near, area)
    },
  }
}

/** The frame's box as an area. */
export function ringsOfFrame({ box }: TileFrame): GridRings {
  return [boxRing(box)]
}

function areaOf(rings: GridRings): number {
  return Math.abs(rings.reduce((sum, ring) => sum + doubleGridArea(ring), 0)) / 2
}
