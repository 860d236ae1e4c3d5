import type { Drawing } from './drawing.ts'
import { PIXELS_PER_MM, type Picture } from './picture.ts'

/** A row of `assets/portrayal/patterns.csv`: the lattice of a pattern, in millimetres. */
export interface Lattice {
  rowShiftX: number
  rowStepY: number
  tileWidth: number
  tileHeight: number
  /** 1, or 2 when every other row is shifted. */
  motifs: number
}

/**
 * Keeps the first motif off the edge of the rectangle, in millimetres: half a stroke would come in on the other side. MapLibre repeats the
 * edge of a pattern around it in its texture, so what lies on the edge shines into the symbol beside it.
 */
const INSET = 0.6

/** Makes the rectangle that repeats: the motif of each row of the lattice, and the copies that reach in from the neighbours. */
export function patternPicture(name: string, motif: Drawing, lattice: Lattice): Picture {
  const { rowShiftX, rowStepY, tileWidth, tileHeight } = lattice
  const copies: string[] = []
  for (let row = 0; row < lattice.motifs; row++) {
    for (const across of [-1, 0, 1]) {
      for (const down of [-1, 0, 1]) {
        const x = INSET + row * rowShiftX + across * tileWidth
        const y = INSET + row * rowStepY + down * tileHeight
        const [left, top] = [x + motif.box[0], y + motif.box[1]]
        if (left >= tileWidth || top >= tileHeight || left + motif.box[2] <= 0 || top + motif.box[3] <= 0) continue
        copies.push(`<g transform="translate(${round(x)} ${round(y)})">${motif.body}</g>`)
      }
    }
  }
  return {
    name: `pattern/${name}`,
    width: Math.round(tileWidth * PIXELS_PER_MM),
    height: Math.round(tileHeight * PIXELS_PER_MM),
    box: [0, 0, tileWidth, tileHeight],
    body: copies.join(''),
  }
}

const round = (value: number) => Number(value.toFixed(3))
