import { type Expression, expr, get } from './expression.ts'

/** Text of a property in degrees, east positive, as navigators write a magnetic variation: `8°30'W`. */
export function variationText(property: string): Expression {
  const degrees = expr('to-number', get(property))
  const minutes = expr('var', 'minutes')
  const rest = expr('%', minutes, 60)
  const side = expr('case', ['==', minutes, 0], '', ['<', degrees, 0], 'W', 'E')
  return expr(
    'let',
    'minutes',
    ['round', ['*', ['abs', degrees], 60]],
    expr(
      'concat',
      ['to-string', ['floor', ['/', minutes, 60]]],
      '°',
      ['case', ['<', rest, 10], '0', ''],
      ['to-string', rest],
      "'",
      side,
    ),
  )
}
