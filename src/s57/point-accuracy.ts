import type { AttributeDecoder } from './attributes.ts'
import type { CellStore } from './cell-store.ts'
import { isInaccurate } from './position-accuracy.ts'
import { type FeatureRecord, FSPT_WIDTH } from './records.ts'

/**
 * Whether a point feature or sounding array lies on a node whose position is inaccurate: QUAPOS 2 (unsurveyed) to 9 (estimated). False
 * for lines and areas.
 */
export function isInaccuratePoint(store: CellStore, { primitive, spatial }: FeatureRecord, decoder: AttributeDecoder): boolean {
  if (primitive !== 1 || spatial === null) return false
  for (let row = 0; row < spatial.count; row++) {
    const at = spatial.start + row * FSPT_WIDTH
    const node = store.vectors.get(spatial.view.getUint8(at))?.get(spatial.view.getUint32(at + 1, true))
    if (node !== undefined && isInaccurate(node, decoder)) return true
  }
  return false
}
