import type { CanvasPattern } from '@napi-rs/canvas'
import type { SpriteImage } from './sprite-sheet.ts'
import type { Surface } from './surface.ts'

/** A pattern that repeats an image over the world from its north-west corner, so that it continues from block to block. */
export function fillPattern({ context, left, top, ratio, patterns }: Surface, image: SpriteImage): CanvasPattern | null {
  const known = patterns.get(image)
  if (known !== undefined) return known
  const { width, height } = image
  const pattern = context.createPattern(image.canvas(), 'repeat')
  pattern?.setTransform({ a: 1 / ratio, b: 0, c: 0, d: 1 / ratio, e: -(left % width), f: -(top % height) })
  patterns.set(image, pattern)
  return pattern
}
