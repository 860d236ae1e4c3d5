import type { GridPoint } from '#geo/overlay/grid.ts'
import type { TileGeometry } from './tile-layer.ts'

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 15

export interface GeometryCommands {
  values: Uint32Array
  count: number
}

// Reused for each geometry.
const out: GeometryCommands = { values: new Uint32Array(1_024), count: 0 }
let x = 0
let y = 0

/**
 * A geometry as the command integers of a vector tile (MVT 2.1, 4.3): each position relative to the previous one, zigzag encoded.
 * A line must have two points, a ring three.
 *
 * @returns the integers, valid until the next call.
 */
export function geometryCommands(geometry: TileGeometry): GeometryCommands {
  out.count = 0
  x = 0
  y = 0
  switch (geometry.type) {
    case 'point':
      reserve(1 + 2 * geometry.points.length)
      put(command(MOVE_TO, geometry.points.length))
      for (const point of geometry.points) go(point)
      break
    case 'line':
      for (const line of geometry.lines) path(line)
      break
    case 'polygon':
      for (const polygon of geometry.polygons) {
        for (const ring of polygon) {
          path(ring)
          put(CLOSE_PATH)
        }
      }
  }
  return out
}

function path(points: readonly GridPoint[]): void {
  reserve(2 * points.length + 3)
  put(command(MOVE_TO, 1))
  go(points[0]!)
  put(command(LINE_TO, points.length - 1))
  for (let i = 1; i < points.length; i++) go(points[i]!)
}

function go(point: GridPoint): void {
  put(zigzag(point.x - x))
  put(zigzag(point.y - y))
  x = point.x
  y = point.y
}

function put(value: number): void {
  out.values[out.count++] = value
}

function reserve(more: number): void {
  if (out.count + more <= out.values.length) return
  const larger = new Uint32Array(Math.max(out.count + more, 2 * out.values.length))
  larger.set(out.values.subarray(0, out.count))
  out.values = larger
}

const command = (id: number, count: number) => (count << 3) | id
const zigzag = (value: number) => (value << 1) ^ (value >> 31)
