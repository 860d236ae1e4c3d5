import { type Canvas, type CanvasPattern, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { SpriteImage } from './sprite-sheet.ts'

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
  /** Patterns that were painted on it. */
  patterns: Map<SpriteImage, CanvasPattern | null>
}

export function createSurface(left: number, top: number, size: number, ratio: number): Surface {
  return placed(createCanvas(size * ratio, size * ratio), left, top, size, ratio)
}

/** Canvases of this thread by their device pixels across: the collector does not see their memory and would let them pile up. */
const kept = new Map<number, Canvas>()

/** Like `createSurface`, on a canvas that the next call with the same size clears and reuses. */
export function reuseSurface(left: number, top: number, size: number, ratio: number): Surface {
  const canvas = kept.get(size * ratio) ?? createCanvas(size * ratio, size * ratio)
  kept.set(size * ratio, canvas)
  canvas.getContext('2d').reset()
  return placed(canvas, left, top, size, ratio)
}

function placed(canvas: Canvas, left: number, top: number, size: number, ratio: number): Surface {
  const context = canvas.getContext('2d')
  context.scale(ratio, ratio)
  return { canvas, context, left, top, size, ratio, patterns: new Map() }
}
