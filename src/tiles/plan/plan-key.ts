import { createHash } from 'node:crypto'
import { tileKey } from '#geo/tile-grid.ts'
import { DIGEST_BYTES, type Outline } from '../view/outline.ts'
import type { PlanGround } from './plan-ground.ts'

/** Raised whenever `divideGround` may divide the same ground among the same outlines differently: plans are kept on disk. */
const VERSION = 1

/**
 * Names the division of ground among outlines: 32 hexadecimal digits of SHA-256 over all that decides it. A change of a cell elsewhere,
 * or one that leaves the outline and the order as they were, keeps the key.
 *
 * @param outlines in the order of their claim.
 */
export function planKey({ frame, far }: PlanGround, outlines: readonly Outline[]): string {
  const { tile, extent, unit, box } = frame
  const digests = Buffer.allocUnsafe(outlines.length * DIGEST_BYTES)
  for (const [i, { digest }] of outlines.entries()) digests.set(digest, i * DIGEST_BYTES)
  const sides = [box, far].flatMap(({ left, top, right, bottom }) => [left, top, right, bottom])
  return createHash('sha256')
    .update(`plan ${VERSION} ${tileKey(tile)} ${extent} ${unit} ${sides.join(' ')}\n`)
    .update(digests)
    .digest('hex')
    .slice(0, 32)
}
