import type { MapValue } from './values.ts'

/** An S-57 attribute that an attribute becomes by its own value. */
export interface AttributeTarget {
  acronym: string
  /** Whether its values must be numbers. */
  isNumeric: boolean
  valueOf: MapValue
  /** Whether its members may repeat: the stripes of a mark, top to bottom. */
  repeats: boolean
}
