import type { DepthUnits } from './depth-units.ts'
import { type Expression, expr, get } from './expression.ts'

export interface DepthStyle {
  units: DepthUnits
  /** Leaves tenths, or feet of fathoms, out. */
  rounded: boolean
  /** Whether the font has lowered digits. Without them tenths follow a point, and drying heights a minus sign. */
  lowered: boolean
}

const LOWERED_DIGITS = '₀₁₂₃₄₅₆₇₈₉'
const FEET_PER_METRE = 1 / 0.3048
/** A hundredth of a millimetre in the smallest unit: values with decimals are not exact in binary. */
export const TOLERANCE = 0.0001

/**
 * Text of a depth property in metres, never deeper than charted: depths are cut off, drying heights (negative depths) rounded up (SNDFRM04). Metres have tenths below 31,
 * fathoms have feet below 11. With lowered digits the text of a
 * drying height has no sign: its underline is drawn apart.
 */
export function depthText(property: string, { units, rounded, lowered }: DepthStyle): Expression {
  const depth = depthOf(property)
  const dries = expr('<', depth, 0)
  const perMetre = units === 'meters' ? 10 : FEET_PER_METRE
  const parts = units === 'meters' ? 10 : units === 'feet' ? 1 : 6
  const limit = units === 'meters' ? 310 : units === 'feet' ? 0 : 66
  const pieces = expr('var', 'p')
  const over = expr('/', pieces, parts)
  const whole = expr('case', dries, expr('ceil', expr('-', over, TOLERANCE)), expr('floor', over))
  const wholeText = expr('to-string', parts === 1 ? pieces : whole)
  const rest = expr('%', pieces, parts)
  const fraction = expr('slice', LOWERED_DIGITS, rest, expr('+', rest, 1))
  const loweredText = expr('concat', expr('to-string', expr('floor', over)), fraction)
  const exact = lowered
    ? expr('case', expr('any', ['==', rest, 0], ['>=', pieces, limit]), wholeText, loweredText)
    : units === 'meters'
      ? expr('case', expr('>=', pieces, limit), wholeText, expr('to-string', over))
      : wholeText
  const text = rounded || parts === 1 ? wholeText : exact
  const signed = lowered ? text : expr('concat', expr('case', dries, '-', ''), text)
  return expr('let', 'p', piecesOf(depth, dries, perMetre), signed)
}

/** Whether the text of a depth ends in a lowered digit, which moves the middle of its whole digits to the left. */
export function hasLoweredDigit(property: string, { units, rounded, lowered }: DepthStyle): Expression | false {
  if (units === 'feet' || rounded || !lowered) return false
  const depth = depthOf(property)
  const perMetre = units === 'meters' ? 10 : FEET_PER_METRE
  const pieces = expr('var', 'p')
  const parts = units === 'meters' ? 10 : 6
  const shown = expr('all', ['<', pieces, units === 'meters' ? 310 : 66], ['!=', ['%', pieces, parts], 0])
  return expr('let', 'p', piecesOf(depth, expr('<', depth, 0), perMetre), shown)
}

/** Dangers may lack a depth; their other properties must not fail for it. */
const depthOf = (property: string): Expression => expr('coalesce', get(property), 0)

/** Tenths of a metre, or feet: depths cut off, drying heights rounded up. */
function piecesOf(depth: Expression, dries: Expression, perMetre: number): Expression {
  const up = expr('ceil', expr('-', expr('*', depth, -perMetre), TOLERANCE))
  return expr('case', dries, up, expr('floor', expr('+', expr('*', depth, perMetre), TOLERANCE)))
}
