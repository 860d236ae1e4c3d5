import type { AttributeNode } from './attribute-node.ts'
import type { SpatialRecord } from './records.ts'

/** Finds information types by number. */
export interface InformationSource {
  information(id: number): { attributes: readonly AttributeNode[] } | undefined
}

/** Tells how well positions are known, by the information types tied to them. */
export class PositionQuality {
  readonly #source: InformationSource

  constructor(source: InformationSource) {
    this.#source = source
  }

  /**
   * Whether the position of a point, multipoint or curve is inaccurate: an information type tied to it has a quality of horizontal
   * measurement of 2 (unsurveyed) to 9 (estimated), the QUAPOS of S-57. The record keeps the answer.
   */
  isInaccurate(record: SpatialRecord): boolean {
    if (record.information === null) return false
    record.inaccurate ??= record.information.some(({ id }) => hasLowQuality(this.#source.information(id)?.attributes ?? []))
    return record.inaccurate
  }
}

function hasLowQuality(nodes: readonly AttributeNode[]): boolean {
  return nodes.some(
    ({ name, value, children }) =>
      (name === 'qualityOfHorizontalMeasurement' && /^0*[2-9]$/.test(value)) || hasLowQuality(children),
  )
}
