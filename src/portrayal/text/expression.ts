import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec'

/** A MapLibre expression, or a constant in its place. */
export type Expression = ExpressionSpecification
export type Value = Expression | string | number | boolean

/** An expression of these parts. The types of the specification cannot describe expressions of computed length. */
export function expr(...parts: readonly unknown[]): Expression {
  return parts as Expression
}

export const get = (property: string): Expression => expr('get', property)
export const has = (property: string): Expression => expr('has', property)
export const literal = (value: readonly unknown[]): Expression => expr('literal', value)

export type Shape = 'point' | 'line' | 'area'

const TYPES: Record<Shape, readonly string[]> = {
  point: ['Point', 'MultiPoint'],
  line: ['LineString', 'MultiLineString'],
  area: ['Polygon', 'MultiPolygon'],
}

/** Filter for features of one geometry type, single or multiple. */
export const isShape = (shape: Shape): Expression => expr('match', ['geometry-type'], TYPES[shape], true, false)

/** All conditions; null stands for a condition that always holds. */
export function every(...conditions: readonly (Expression | null)[]): Expression | null {
  const real = conditions.filter((condition) => condition !== null)
  if (real.length <= 1) return real[0] ?? null
  return expr('all', ...real)
}

/**
 * A value by the property `class`, classes with the same value joined. Other classes have `fallback`; without one they must not occur,
 * and the most common value needs no list.
 */
export function byClass(branches: ReadonlyMap<string, unknown>, fallback?: unknown): unknown {
  const joined = joinedBranches(branches)
  const [most] = joined
  if (most !== undefined && (joined.length === 1 || fallback === undefined)) fallback = most.branch
  const listed = joined.filter(({ branch }) => branch !== fallback)
  if (listed.length === 0) return fallback
  return expr('match', get('class'), ...listed.flatMap(({ classes, branch }) => [classes, branch]), fallback)
}

/** Filter for objects of these classes, each with its condition. */
export const whereClass = (conditions: ReadonlyMap<string, unknown>): Expression =>
  expr('match', get('class'), ...joinedBranches(conditions).flatMap(({ classes, branch }) => [classes, branch]), false)

/** Groups the classes with the same branch, the largest group first. */
function joinedBranches(branches: ReadonlyMap<string, unknown>): { classes: string[]; branch: unknown }[] {
  const joined = new Map<string, { classes: string[]; branch: unknown }>()
  for (const [className, branch] of branches) {
    const key = JSON.stringify(branch)
    const same = joined.get(key)
    if (same === undefined) joined.set(key, { classes: [className], branch })
    else same.classes.push(className)
  }
  return [...joined.values()].sort((a, b) => b.classes.length - a.classes.length)
}
