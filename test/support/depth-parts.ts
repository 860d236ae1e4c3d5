import { TOLERANCE } from '#portrayal/text/depth-expression.ts'
import type { DepthUnits } from '#portrayal/text/depth-units.ts'

/** A depth as charts write it: `whole`, the lowered `fraction` (null when there is none), and whether it dries. */
export interface DepthParts {
  whole: number
  fraction: number | null
  dries: boolean
}

const MILLIMETRES_PER_FOOT = 304.8

/**
 * A depth in metres as charts write it, never deeper than given: depths are cut off, drying heights (negative depths) rounded up
 * (SNDFRM04). Metres have tenths below 31, fathoms have feet below 11. `rounded` leaves the fraction out.
 */
export function depthParts(depth: number, units: DepthUnits, rounded: boolean): DepthParts {
  const dries = depth < 0
  const cut = (value: number) => (dries ? Math.ceil(value - TOLERANCE) : Math.floor(value + TOLERANCE))
  const size = Math.abs(depth)
  if (units === 'feet') return { whole: cut((size * 1000) / MILLIMETRES_PER_FOOT), fraction: null, dries }
  const [parts, limit] = units === 'meters' ? [10, 31] : [6, 11]
  const pieces = units === 'meters' ? cut(size * 10) : cut((size * 1000) / MILLIMETRES_PER_FOOT)
  if (rounded || pieces >= limit * parts) return { whole: cut(pieces / parts), fraction: null, dries }
  const fraction = pieces % parts
  return { whole: Math.floor(pieces / parts), fraction: fraction === 0 ? null : fraction, dries }
}
