import { soundingDigits } from './sndfrm04.ts'

const HIGHEST = 99_999

/**
 * SAFCON01: the label of a depth contour in metres; null for drying contours and impossible depths. One decimal below 31 m where there is
 * one, whole metres below that; cut off, never rounded up.
 */
export function contourLabel(metres: number): string | null {
  if (!(metres >= 0 && metres <= HIGHEST)) return null
  const { whole, tenth } = soundingDigits(metres)
  return tenth === '' ? whole : `${whole}.${tenth}`
}
