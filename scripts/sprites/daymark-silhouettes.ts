import type { Shape } from './colour-fill.ts'
import type { Silhouette } from './silhouettes.ts'

const post = '<path class="sCHBLK" stroke-width="0.48" d="M0,0 V-1.7"/><circle class="fCHBLK" cx="0" cy="0" r="0.5"/>'

const onPost = (...shapes: Shape[]): Silhouette => ({ shapes, under: post, over: '', lean: 0 })

function polygon(points: readonly (readonly [x: number, y: number])[], rest: Partial<Shape> = {}): Shape {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    path: `M${points.map((point) => point.join(',')).join(' L')} Z`,
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
    ...rest,
  }
}

const box = (halfWidth: number, height: number): Shape =>
  polygon([
    [-halfWidth, -1.5 - height],
    [halfWidth, -1.5 - height],
    [halfWidth, -1.5],
    [-halfWidth, -1.5],
  ])

const triangleUp = polygon(
  [
    [0, -6.5],
    [2.8, -1.5],
    [-2.8, -1.5],
  ],
  { centre: [0, -3.05] },
)
const triangleDown = polygon(
  [
    [-2.8, -6.5],
    [2.8, -6.5],
    [0, -1.5],
  ],
  { centre: [0, -4.95] },
)
const rhombus = polygon(
  [
    [0, -7.3],
    [2.9, -4.4],
    [0, -1.5],
    [-2.9, -4.4],
  ],
  { onCorner: true },
)
const circle: Shape = {
  path: 'M-2.4,-3.9 A2.4,2.4 0 1 1 2.4,-3.9 A2.4,2.4 0 1 1 -2.4,-3.9 Z',
  left: -2.4,
  top: -6.3,
  right: 2.4,
  bottom: -1.5,
}
const trapeziumUp = polygon([
  [-1.5, -5.9],
  [1.5, -5.9],
  [2.6, -1.5],
  [-2.6, -1.5],
])
const trapeziumDown = polygon([
  [-2.6, -5.9],
  [2.6, -5.9],
  [1.5, -1.5],
  [-1.5, -1.5],
])

/** Silhouettes of daymarks by TOPSHP (S-57 attribute 171); the empty name is a board of unknown shape. The foot of the post is at 0 0. */
export const DAYMARKS: Readonly<Record<string, Silhouette>> = {
  '': onPost(box(1.9, 4.2)),
  1: onPost(triangleUp),
  2: onPost(triangleDown),
  3: onPost(circle),
  5: onPost(box(1.6, 4.8)),
  6: onPost(box(2.8, 3)),
  9: onPost(rhombus),
  12: onPost(rhombus),
  19: onPost(box(2.4, 4.8)),
  20: onPost(box(3, 3.2)),
  21: onPost(box(2, 5.6)),
  22: onPost(trapeziumUp),
  23: onPost(trapeziumDown),
  24: onPost(triangleUp),
  25: onPost(triangleDown),
  26: onPost(circle),
}
