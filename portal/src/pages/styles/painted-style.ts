import type { StyleDocument } from '../map/chart-document.ts'
import type { SlotColours } from './slot-style.ts'

/** A style as a map shows it. */
export interface PaintedStyle {
  /** With slots in place of colours. */
  document: StyleDocument
  colours: SlotColours
}

/** What a style is compared with. */
export type Comparison = 'none' | 'saved' | 'theme'
