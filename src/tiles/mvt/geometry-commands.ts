import type { GridPoint } from '#geo/grid.ts'
import type { TileGeometry } from './tile-layer.ts'

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 15

/**
 * A geometry as the command integers of a vector tile (MVT 2.1, 4.3): each position relative to the one before, zigzag encoded.
 * Lines need two points, rings three; what has less must not come here.
 */
export function geometryCommands(geometry: TileGeometry): number[] {
  const out: number[] = []
  let x = 0
  let y = 0
  const go = (point: GridPoint) => {
    out.push(zigzag(point.x - x), zigzag(point.y - y))
    x = point.x
    y = point.y
  }
  const path = (points: readonly GridPoint[]) => {
    out.push(command(MOVE_TO, 1))
    go(points[0]!)
    out.push(command(LINE_TO, points.length - 1))
    for (let i = 1; i < points.length; i++) go(points[i]!)
  }
  switch (geometry.type) {
    case 'point':
      out.push(command(MOVE_TO, geometry.points.length))
      for (const point of geometry.points) go(point)
      break
    case 'line':
      for (const line of geometry.lines) path(line)
      break
    case 'polygon':
      for (const polygon of geometry.polygons) {
        for (const ring of polygon) {
          path(ring)
          out.push(CLOSE_PATH)
        }
      }
  }
  return out
}

const command = (id: number, count: number) => (count << 3) | id
const zigzag = (value: number) => (value << 1) ^ (value >> 31)
