import type { Drawing } from './drawing.ts'
import { PIXELS_PER_MM, type Picture } from './picture.ts'

/** Pads a drawing so that its pivot is the middle of the image, because MapLibre has no other anchor that turns with the symbol. */
export function symbolPicture(name: string, { box, pivot, body }: Drawing): Picture {
  const halfWidth = halfPixels(pivot[0] - box[0], box[0] + box[2] - pivot[0])
  const halfHeight = halfPixels(pivot[1] - box[1], box[1] + box[3] - pivot[1])
  const [reachX, reachY] = [halfWidth / PIXELS_PER_MM, halfHeight / PIXELS_PER_MM]
  return {
    name,
    width: 2 * halfWidth,
    height: 2 * halfHeight,
    box: [pivot[0] - reachX, pivot[1] - reachY, 2 * reachX, 2 * reachY],
    body,
  }
}

/** Returns how many whole pixels reach to the farther side, in millimetres; a hundredth of a pixel does not count. */
function halfPixels(before: number, after: number): number {
  return Math.max(1, Math.ceil(Math.max(before, after) * PIXELS_PER_MM - 0.01))
}
