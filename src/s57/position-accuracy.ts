import type { AttributeDecoder } from './attributes.ts'
import type { VectorRecord } from './records.ts'

/** QUAPOS, an attribute of spatial records. */
const QUALITY_OF_POSITION = 402

/** Whether the position of a node or edge is inaccurate: QUAPOS 2 (unsurveyed) to 9 (estimated). The record keeps the answer. */
export function isInaccurate(record: VectorRecord, decoder: AttributeDecoder): boolean {
  if (record.attributes === null) return false
  if (record.inaccurate !== undefined) return record.inaccurate
  let inaccurate = false
  decoder.decode(record.attributes, (code, value) => {
    if (code === QUALITY_OF_POSITION) inaccurate = /^0*[2-9]$/.test(value)
  })
  record.inaccurate = inaccurate
  return inaccurate
}
