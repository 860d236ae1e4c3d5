import { type CompiledCell, FULL_ZOOM } from '#compiled/format/compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import { identityOf, rawAttributes } from '#tiles/draw/geo-json.ts'

/** Every feature of a compiled cell with everything that the cell says about it: identity, attributes, and geometry at full detail. */
export function compiledFeatures(cell: CompiledCell) {
  const positions = createPositionBuffer()
  return Array.from({ length: cell.featureCount }, (_, feature) => {
    const parts = []
    for (let part = cell.partStart[feature]!; part < cell.partStart[feature + 1]!; part++) {
      const count = readPart(cell, part, FULL_ZOOM, positions)
      parts.push({ kind: cell.partKind[part], xy: [...positions.xy.subarray(0, count * 2)] })
    }
    const from = cell.pointStart[feature]! * 2
    const to = cell.pointStart[feature + 1]! * 2
    const points = { xy: [...cell.pointXY.subarray(from, to)], depths: [...cell.pointDepth.subarray(from / 2, to / 2)] }
    return { ...identityOf(cell, feature), attributes: rawAttributes(cell, feature), parts, points }
  })
}
