import type { AttributeNode } from './attribute-node.ts'
import type { InformationLink, SpatialRecord } from './records.ts'

/** The attributes of an information record; undefined when it is missing. */
export type AttributesOfInformation = (id: number) => readonly AttributeNode[] | undefined

/**
 * Whether the position of a point, multipoint or curve is inaccurate: an information type tied to it has a quality of horizontal
 * measurement of 2 (unsurveyed) to 9 (estimated), the QUAPOS of S-57. The record keeps the answer.
 */
export function isInaccurate(record: SpatialRecord, attributesOf: AttributesOfInformation): boolean {
  if (record.information === null) return false
  record.inaccurate ??= record.information.some((link: InformationLink) => hasLowQuality(attributesOf(link.id) ?? []))
  return record.inaccurate
}

function hasLowQuality(nodes: readonly AttributeNode[]): boolean {
  return nodes.some(
    ({ name, value, children }) =>
      (name === 'qualityOfHorizontalMeasurement' && /^0*[2-9]$/.test(value)) || hasLowQuality(children),
  )
}
