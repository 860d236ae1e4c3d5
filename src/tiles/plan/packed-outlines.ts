import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Shape } from '../view/outline.ts'

/** Outlines in one piece of shared memory, so that thousands of them reach a thread without being copied. */
export type PackedOutlines = Int32Array

// Layout: the number of outlines; the offset of each; then for each the number of its boxes, their sides, the number of its rings,
// where they start, and its positions.

/** Outlines packed between two turns of the event loop: about a millisecond's work. */
const LOT = 300

/** Packs outlines, in the order in which `unpackOutlines` returns them. Requests are answered meanwhile. */
export async function packOutlines(outlines: readonly Shape[]): Promise<PackedOutlines> {
  let size = 1 + outlines.length
  for (const { xy, ringStart, boxes } of outlines) size += 2 + boxes.length * 4 + ringStart.length + xy.length
  const packed = new Int32Array(new SharedArrayBuffer(size * 4))
  packed[0] = outlines.length
  let at = 1 + outlines.length
  for (const [i, { xy, ringStart, boxes }] of outlines.entries()) {
    if (i % LOT === LOT - 1) await nextTurn()
    packed[1 + i] = at
    packed[at++] = boxes.length
    for (const { minX, minY, maxX, maxY } of boxes) {
      packed[at++] = minX
      packed[at++] = minY
      packed[at++] = maxX
      packed[at++] = maxY
    }
    packed[at++] = ringStart.length
    packed.set(ringStart, at)
    at += ringStart.length
    packed.set(xy, at)
    at += xy.length
  }
  return packed
}

/** Returns the outlines, as views of the packed memory. */
export function unpackOutlines(packed: PackedOutlines): Shape[] {
  return Array.from({ length: packed[0]! }, (_, i) => {
    let at = packed[1 + i]!
    const boxes = Array.from({ length: packed[at++]! }, () => {
      const box = { minX: packed[at]!, minY: packed[at + 1]!, maxX: packed[at + 2]!, maxY: packed[at + 3]! }
      at += 4
      return box
    })
    const rings = packed[at++]!
    const ringStart = packed.subarray(at, at + rings)
    at += rings
    const end = at + 2 * (rings === 0 ? 0 : ringStart[rings - 1]!)
    return { boxes, ringStart, xy: packed.subarray(at, end) }
  })
}
