import type { Theme } from '../../src/portrayal/palette/tokens.ts'

/** Pixels per millimetre at pixel ratio 1: pixels of 0.28 mm. */
export const PIXELS_PER_MM = 3.57

/** One image of the sprite before it is coloured. */
export interface Picture {
  /** Its name in the sprite, such as `BOYLAT14` or `pattern/DRGARE01`. */
  name: string
  /** Pixels at pixel ratio 1; whole numbers. */
  width: number
  height: number
  /** The part of the drawing that fills the image: left, top, width and height in millimetres. */
  box: readonly [x: number, y: number, width: number, height: number]
  /** SVG elements in millimetres; colours are classes such as `sCHBLK` (stroke) and `fCHRED` (fill). */
  body: string
}

/** The six sheets: one per theme and pixel ratio. */
export const SHEETS: readonly { theme: Theme; ratio: 1 | 2; name: string }[] = (['day', 'dusk', 'night'] as const).flatMap(
  (theme) => [
    { theme, ratio: 1 as const, name: theme },
    { theme, ratio: 2 as const, name: `${theme}@2x` },
  ],
)
