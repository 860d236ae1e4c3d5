import type { Shape } from './colour-fill.ts'

/** A mark without its colours. */
export interface Silhouette {
  /** The parts filled by the colours, each with all of them. */
  shapes: readonly Shape[]
  /** SVG elements under the shapes, such as a post or the waterline. */
  under: string
  /** SVG elements over the shapes, such as braces. */
  over: string
  /** Degrees by which the shape leans to the right; floating marks do. */
  lean: number
}

const line = (path: string, width = 0.32) => `<path class="sCHBLK" stroke-width="${width}" d="${path}"/>`
const ring = '<circle class="sCHBLK" cx="0" cy="0" r="0.5"/>'
const waterline = `${line('M-3.2,0 H-0.7 M0.7,0 H3.2')}${ring}`
const ground = `${line('M-1.9,0 H-0.7 M0.7,0 H1.9')}${ring}`

function box(left: number, top: number, right: number, bottom: number): Shape {
  return { path: `M${left},${top} H${right} V${bottom} H${left} Z`, left, top, right, bottom }
}

const disc = (x: number, y: number, r: number): Shape => ({
  path: `M${x - r},${y} A${r},${r} 0 1 1 ${x + r},${y} A${r},${r} 0 1 1 ${x - r},${y} Z`,
  left: x - r,
  top: y - r,
  right: x + r,
  bottom: y + r,
})

const buoy = (...shapes: Shape[]): Silhouette => ({ shapes, under: waterline, over: '', lean: 14 })
const beacon = (shape: Shape, over = '', under = ''): Silhouette => ({
  shapes: [shape],
  under: `${ground}${under}`,
  over,
  lean: 0,
})

const pillar = 'M-2.2,-0.7 V-2.1 H-1.15 L-0.75,-6.6 H0.75 L1.15,-2.1 H2.2 V-0.7 Z'
const lattice = 'M-2,-0.7 L-1,-6.2 H1 L2,-0.7 Z'

/** Silhouettes of buoys by BOYSHP (S-57 attribute 4); the empty name is a buoy of unknown shape. The position is at 0 0. */
export const BUOYS: Readonly<Record<string, Silhouette>> = {
  '': { ...buoy(disc(0, -2.5, 1.8)), lean: 0 },
  1: buoy({
    path: 'M-2.3,-0.7 C-2.2,-3 -1.2,-4.9 0,-6 C1.2,-4.9 2.2,-3 2.3,-0.7 Z',
    left: -2.3,
    top: -6,
    right: 2.3,
    bottom: -0.7,
  }),
  2: buoy(box(-2, -5.2, 2, -0.7)),
  3: { ...buoy(disc(0, -3, 2.3)), lean: 0 },
  4: buoy({ path: pillar, left: -2.2, top: -6.6, right: 2.2, bottom: -0.7 }),
  5: buoy(box(-0.7, -6.8, 0.7, -0.7)),
  6: {
    ...buoy({
      path: 'M-2.3,-3.9 H2.3 C3.2,-3.9 3.2,-0.7 2.3,-0.7 H-2.3 C-3.2,-0.7 -3.2,-3.9 -2.3,-3.9 Z',
      left: -3,
      top: -3.9,
      right: 3,
      bottom: -0.7,
    }),
    lean: 0,
  },
  7: {
    ...buoy({
      path: 'M-3.8,-2.6 H-1.1 L-0.7,-5.8 H0.7 L1.1,-2.6 H3.8 L3,-0.7 H-3 Z',
      left: -3.8,
      top: -5.8,
      right: 3.8,
      bottom: -0.7,
    }),
    lean: 0,
  },
  8: buoy({ path: 'M-1.5,-0.7 L-0.9,-6.4 H0.9 L1.5,-0.7 Z', left: -1.5, top: -6.4, right: 1.5, bottom: -0.7 }),
}

/** Silhouettes of beacons by BCNSHP (S-57 attribute 2); the empty name is a beacon of unknown shape. The position is at 0 0. */
export const BEACONS: Readonly<Record<string, Silhouette>> = {
  '': beacon(box(-0.9, -5.8, 0.9, -0.7)),
  1: beacon(box(-0.65, -6.6, 0.65, -0.7)),
  2: beacon(box(-0.5, -6.6, 0.5, -0.7), '', line('M0,-3 L-1.9,-4.6 M0,-3 L1.9,-4.6 M0,-4.8 L-1.7,-6.4 M0,-4.8 L1.7,-6.4')),
  3: beacon({ path: 'M-2.1,-0.7 L-1.4,-6.2 H1.4 L2.1,-0.7 Z', left: -2.1, top: -6.2, right: 2.1, bottom: -0.7 }),
  4: beacon({ path: lattice, left: -2, top: -6.2, right: 2, bottom: -0.7 }, line('M-1.3,-4.5 L1.65,-2.6 M1.3,-4.5 L-1.65,-2.6')),
  5: beacon(box(-1.1, -5.6, 1.1, -0.7), line('M-1.6,-5.6 H1.6', 0.48)),
  6: beacon({
    path: 'M-2.6,-0.7 C-3.2,-2.6 -1.9,-3.4 -1.6,-3.2 C-1.8,-5.2 1.8,-5.2 1.6,-3.2 C1.9,-3.4 3.2,-2.6 2.6,-0.7 Z',
    left: -2.9,
    top: -4.9,
    right: 2.9,
    bottom: -0.7,
  }),
  7: {
    ...beacon(
      { path: 'M-1.5,-0.7 V-1.9 H-0.65 V-6.8 H0.65 V-1.9 H1.5 V-0.7 Z', left: -1.5, top: -6.8, right: 1.5, bottom: -0.7 },
      '',
      line('M-3.2,0 H-1.9 M1.9,0 H3.2'),
    ),
    lean: 8,
  },
}
