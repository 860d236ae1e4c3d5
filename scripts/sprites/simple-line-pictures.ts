import { TOKENS } from '../../src/portrayal/palette/tokens.ts'
import { PIXELS_PER_MM, type Picture } from './picture.ts'

/** Pixels at ratio 1: of a period, and of its inked part. S-52: dashes of 3.6 mm 1.8 apart, dots of 0.6 mm 1.2 apart; all divide 360 pixels. */
const LINES = { solid: [20, 20], dash: [20, 13], dot: [6, 2] } as const
/** Any: the style stretches the image to the width of the line. */
const HEIGHT = 4

/** One period of each simple line in each colour, for charts that name dash and colour themselves (SYMINS02): `line/LS-dash-CHMGD`. */
export function simpleLinePictures(): Picture[] {
  return Object.entries(LINES).flatMap(([dash, [period, inked]]) =>
    Object.keys(TOKENS.day).map((token): Picture => {
      const [width, height] = [period / PIXELS_PER_MM, HEIGHT / PIXELS_PER_MM]
      const body = `<path class="f${token}" d="M0,0 H${inked / PIXELS_PER_MM} V${height} H0 Z"/>`
      return { name: `line/LS-${dash}-${token}`, width: period, height: HEIGHT, box: [0, 0, width, height], body }
    }),
  )
}
