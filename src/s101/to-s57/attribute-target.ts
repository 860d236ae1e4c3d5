import type { AttributeType } from '#s57/data/attributes.ts'
import type { MapValue } from './values.ts'

/** An S-57 attribute that an attribute becomes by its own value. */
export interface AttributeTarget {
  acronym: string
  /** Null for the acronyms that the catalogue of S-57 lacks. */
  type: AttributeType | null
  valueOf: MapValue
  /** Whether its members may repeat: the stripes of a mark, top to bottom. */
  repeats: boolean
}
