import type { GeometryColumns } from './geometry-columns.ts'

/** A box in world units, all four numbers 32-bit integers. */
export type IntegerBox = [minX: number, minY: number, maxX: number, maxY: number]

/** Returns a box that encloses nothing (minX above maxX), for `extendBox` to grow. */
export function emptyBox(): IntegerBox {
  return [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000]
}

/** Grows a box, in place, to hold a position. */
export function extendBox(box: IntegerBox, x: number, y: number): void {
  if (x < box[0]) box[0] = x
  if (y < box[1]) box[1] = y
  if (x > box[2]) box[2] = x
  if (y > box[3]) box[3] = y
}

/** Returns the box around some paths and points, end numbers excluded; an empty one without any. */
export function boxAround(
  { xy, pathStart, pointXY }: GeometryColumns,
  paths: readonly [first: number, end: number],
  points: readonly [first: number, end: number],
): IntegerBox {
  const box = emptyBox()
  if (paths[1] > paths[0]) {
    const end = pathStart.data[paths[1]]! * 2
    for (let i = pathStart.data[paths[0]]! * 2; i < end; i += 2) extendBox(box, xy.data[i]!, xy.data[i + 1]!)
  }
  for (let i = points[0] * 2; i < points[1] * 2; i += 2) extendBox(box, pointXY.data[i]!, pointXY.data[i + 1]!)
  return box
}
