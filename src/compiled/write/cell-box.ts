import type { GeometryCollector } from './geometry-collector.ts'

export type IntBox = [minX: number, minY: number, maxX: number, maxY: number]

export function emptyBox(): IntBox {
  return [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000]
}

function extend(box: IntBox, x: number, y: number): void {
  if (x < box[0]) box[0] = x
  if (y < box[1]) box[1] = y
  if (x > box[2]) box[2] = x
  if (y > box[3]) box[3] = y
}

/** The box around some paths and points; an empty one (minX above maxX) when there are none. */
export function boxAround(
  { xy, pathStart, pointXY }: GeometryCollector,
  paths: readonly [first: number, end: number],
  points: readonly [first: number, end: number],
): IntBox {
  const box = emptyBox()
  if (paths[1] > paths[0]) {
    const end = pathStart.data[paths[1]]! * 2
    for (let i = pathStart.data[paths[0]]! * 2; i < end; i += 2) extend(box, xy.data[i]!, xy.data[i + 1]!)
  }
  for (let i = points[0] * 2; i < points[1] * 2; i += 2) extend(box, pointXY.data[i]!, pointXY.data[i + 1]!)
  return box
}
