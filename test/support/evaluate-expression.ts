import { createExpression } from '@maplibre/maplibre-gl-style-spec'

/** Value of an expression for a point with these properties, as MapLibre evaluates it. Throws when the expression is not valid. */
export function evaluate<T extends 'string' | 'boolean' | 'number'>(
  expression: unknown,
  properties: Record<string, unknown>,
  type: T,
): { string: string; boolean: boolean; number: number }[T] {
  const spec = { type, 'property-type': 'data-driven', expression: { interpolated: false, parameters: ['zoom', 'feature'] } }
  const created = createExpression(expression, 'test', spec as never)
  if (created.result === 'error') throw new Error(created.value.map(({ message }) => message).join('; '))
  return created.value.evaluate({ zoom: 12 }, { type: 'Point', properties })
}
