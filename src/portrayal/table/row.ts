import type { Condition } from './condition.ts'

export type { PortrayalSettings } from './condition.ts'

/** Point, line or area. */
export type Primitive = 'P' | 'L' | 'A'

/** S-52 simplified point symbols, or those of the paper chart. Lines and areas look the same with both. */
export type SymbolSet = 'simplified' | 'paper'

/** `base` is always shown; the user can hide `standard` and `other`. */
export type DisplayCategory = 'base' | 'standard' | 'other'

/** One rule: how to draw an object for which `when` holds. */
export interface PortrayalRow {
  when: Condition
  /** 0 to 9: higher covers lower. Within one priority: fill, pattern, line, symbol. */
  priority: number
  category: DisplayCategory
  /** S-52 viewing group, such as 27070; 0 for what is never drawn. */
  viewingGroup: number
  fill: Fill | null
  /** Name of an area pattern. */
  pattern: string | null
  /** Line, or symbolized boundary of an area. */
  line: LineStyle | null
  /** Plain boundary of an area; null for lines, and for areas without one. */
  plainLine: LineStyle | null
  symbols: readonly SymbolUse[]
  texts: readonly TextUse[]
}

/** Colour token, and opacity from 0 to 1. */
export interface Fill {
  token: string
  opacity: number
}

/** `width` counts units of 0.32 mm. */
export type LineStyle =
  | { kind: 'simple'; dash: 'solid' | 'dash' | 'dot'; width: number; token: string }
  | { kind: 'complex'; name: string }

/**
 * A symbol. A name in braces, such as `{sy1}`, stands for the value of that property; without a value there is no symbol. A rotated one is
 * turned clockwise from true north by the value of `attribute` plus `plus`, in degrees.
 */
export interface SymbolUse {
  name: string
  rotation: { attribute: string; plus: number } | null
}

export type TextAnchor =
  | 'center'
  | 'left'
  | 'right'
  | 'top'
  | 'bottom'
  | 'top-left'
  | 'top-right'
  | 'bottom-left'
  | 'bottom-right'

/** A text. It is left out when a part without `optional` has no value. */
export interface TextUse {
  parts: readonly TextPart[]
  /** Which point of the text lies at the position plus the offset (MapLibre `text-anchor`). */
  anchor: TextAnchor
  /** Right and down, in ems. */
  offset: readonly [number, number]
  /** S-52 text group, 10 to 99, or a viewing group such as 33021. */
  group: number
  token: string
}

export type TextPart =
  | { kind: 'literal'; text: string }
  | { kind: 'value'; attribute: string; format: TextFormat; optional: boolean }

/**
 * How to write a value.
 * - `text`: as it is.
 * - `number`: with `decimals` digits after the point. A height or depth is in metres and is shown in the unit that the user chose; a
 *   range is in nautical miles and has no decimals when it is whole. `unit` asks for the letters of the unit after the number, without
 *   a space.
 * - `padded`: a whole number with at least `digits` digits, as bearings are written.
 * - `sounding`: a depth in metres by SNDFRM04, with lowered tenths.
 * - `contour`: a depth in metres by SAFCON01: one decimal up to 30.9 where there is one, whole above; never rounded up.
 * - `seabed`: NATSUR and NATQUA as letters, such as `S.Sh`.
 * - `variation`: degrees, east positive, as `8°30'W`.
 */
export type TextFormat =
  | { kind: 'text' }
  | { kind: 'number'; decimals: number; quantity: 'height' | 'depth' | 'range' | 'none'; unit: boolean }
  | { kind: 'padded'; digits: number }
  | { kind: 'sounding' }
  | { kind: 'contour' }
  | { kind: 'seabed' }
  | { kind: 'variation' }

/**
 * How to draw a class with one primitive. The first row of `rows` that holds is drawn. Each list of `also` is matched separately, and its
 * first row that holds is drawn too.
 */
export interface Portrayal {
  rows: readonly PortrayalRow[]
  also: readonly (readonly PortrayalRow[])[]
}
