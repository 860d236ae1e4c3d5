import type { SpriteImage } from './sprite-sheet.ts'
import type { Surface } from './surface.ts'

/** Paints an image again and again along a line, as wide as the line; it bends at the corners. */
export function paintPatternLine(
  { context, ratio, size }: Surface,
  line: readonly (readonly [number, number])[],
  image: SpriteImage,
  width: number,
): void {
  const picture = image.canvas()
  let along = 0
  for (let i = 1; i < line.length; i++) {
    const [fromX, fromY] = line[i - 1]!
    const [toX, toY] = line[i]!
    const length = Math.hypot(toX - fromX, toY - fromY)
    if (length > 0 && meets(size + width, fromX, fromY, toX, toY, width)) {
      context.save()
      context.translate(fromX, fromY)
      context.rotate(Math.atan2(toY - fromY, toX - fromX))
      // MapLibre has the top of the image to the right of the line's direction.
      context.scale(1, -1)
      // Pieces of the image, each up to its end or the end of the stretch.
      for (let at = 0; at < length; ) {
        const phase = (along + at) % image.width
        const piece = Math.min(image.width - phase, length - at)
        if (piece < 1e-6) break
        context.drawImage(
          picture,
          ...([phase * ratio, 0, piece * ratio, picture.height] as const),
          ...([at, -width / 2, piece, width] as const),
        )
        at += piece
      }
      context.restore()
    }
    along += length
  }
}

function meets(limit: number, fromX: number, fromY: number, toX: number, toY: number, width: number): boolean {
  return (
    Math.max(fromX, toX) >= -width &&
    Math.max(fromY, toY) >= -width &&
    Math.min(fromX, toX) <= limit &&
    Math.min(fromY, toY) <= limit
  )
}
