import { TOLERANCE } from './depth-expression.ts'
import { type Expression, expr, get } from './expression.ts'

const FEET_PER_METRE = 1 / 0.3048

/**
 * Text of a height property in metres, in metres or feet. Clearances are cut off to tenths of a metre or whole feet, so none reads
 * higher than charted; other heights are rounded.
 */
export function heightText(property: string, units: 'm' | 'ft', kind: 'clearance' | 'height'): Expression {
  const metres = get(property)
  if (kind === 'height') {
    return expr(
      'to-string',
      units === 'm' ? expr('/', ['round', ['*', metres, 10]], 10) : ['round', ['*', metres, FEET_PER_METRE]],
    )
  }
  const cut = (perMetre: number) => expr('floor', expr('+', expr('*', metres, perMetre), TOLERANCE))
  return expr('to-string', units === 'm' ? expr('/', cut(10), 10) : cut(FEET_PER_METRE))
}
