import { turned, turnsOnto, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'
import type { Shape } from './outline.ts'

/**
 * Whether a shape has ground within a box, by the even-odd rule; touching its side is not enough. Simple enough for the main thread,
 * which loads no code that draws.
 *
 * @param box its x may lie outside 0..WORLD.
 */
export function outlineMeetsBox(shape: Shape, box: WorldBox): boolean {
  return turnsOnto(WORLD_SQUARE, box).some((turn) => meets(shape, turned(box, -turn)))
}

function meets({ xy, ringStart }: Shape, box: WorldBox): boolean {
  const [middleX, middleY] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2]
  let isInside = false
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const end = ringStart[ring + 1]!
    let j = end - 1
    for (let i = ringStart[ring]!; i < end; j = i++) {
      const [ax, ay, bx, by] = [xy[j * 2]!, xy[j * 2 + 1]!, xy[i * 2]!, xy[i * 2 + 1]!]
      // An edge has ground on one of its sides.
      if (crosses(ax, ay, bx, by, box)) return true
      if (ay > middleY !== by > middleY && middleX < ax + ((middleY - ay) / (by - ay)) * (bx - ax)) isInside = !isInside
    }
  }
  // Without an edge in it, the box is covered as its middle is.
  return isInside
}

/** Whether a part of an edge lies within a box and not on its sides (Liang and Barsky). */
function crosses(ax: number, ay: number, bx: number, by: number, { minX, minY, maxX, maxY }: WorldBox): boolean {
  const [dx, dy] = [bx - ax, by - ay]
  let [from, to] = [0, 1]
  for (const [step, room] of [
    [-dx, ax - minX],
    [dx, maxX - ax],
    [-dy, ay - minY],
    [dy, maxY - ay],
  ] as const) {
    if (step === 0) {
      if (room <= 0) return false
    } else if (step < 0) from = Math.max(from, room / step)
    else to = Math.min(to, room / step)
  }
  return from < to
}
