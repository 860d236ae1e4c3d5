import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

/** A square to paint on, somewhere in the world. */
export interface Surface {
  canvas: Canvas
  /** Its unit is the pixel of the style. */
  context: SKRSContext2D
  /** Pixel of the world at its north-west corner. */
  left: number
  top: number
  /** Pixels across. */
  size: number
  /** Device pixels per pixel. */
  ratio: number
}

export function createSurface(left: number, top: number, size: number, ratio: number): Surface {
  const canvas = createCanvas(size * ratio, size * ratio)
  const context = canvas.getContext('2d')
  context.scale(ratio, ratio)
  return { canvas, context, left, top, size, ratio }
}
