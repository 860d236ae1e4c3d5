import { colourFill } from './colour-fill.ts'
import type { Picture } from './picture.ts'
import type { Silhouette } from './silhouettes.ts'
import { symbolPicture } from './symbol-picture.ts'

/** Half the width of the outline, in millimetres. */
const EDGE = 0.16

/** Draws a mark in its shape and colours, outlined in CHBLK. The position is the middle of the image. */
export function markPicture(
  name: string,
  silhouette: Silhouette,
  colours: readonly string[],
  patterns: readonly string[],
): Picture {
  const { shapes, under, over, lean } = silhouette
  const fills = shapes.map((shape, i) => colourFill(`c${i}`, shape, colours, patterns)).join('')
  const outlines = shapes.map(({ path }) => `<path class="sCHBLK" stroke-width="${2 * EDGE}" d="${path}"/>`).join('')
  const slant = Math.tan((lean * Math.PI) / 180)
  const top = Math.min(...shapes.map((shape) => shape.top))
  const reach = Math.max(3.2, ...shapes.map((shape) => Math.max(shape.right, -shape.left) - slant * shape.top))
  const body =
    lean === 0 ? `${under}${fills}${outlines}${over}` : `${under}<g transform="skewX(${-lean})">${fills}${outlines}${over}</g>`
  const [left, height] = [-reach - EDGE, -top + 2 * EDGE]
  return symbolPicture(name, { box: [left, top - EDGE, -2 * left, height + 0.5], pivot: [0, 0], body })
}
