/**
 * Operators of expressions that the painter evaluates: those that need the zoom and a feature's properties and type alone. Others may need
 * what it does not have, such as the state of a feature, its geometry or the pitch of a map.
 */
const OPERATORS = new Set(
  '! != < <= == > >= all any in has get case match coalesce step interpolate let var zoom geometry-type literal image concat slice length to-string to-number to-color number string boolean array + - * / % ^ min max abs round floor ceil downcase upcase at index-of'.split(
    ' ',
  ),
)

/** Words that are the first element of an array without being an operator. */
const INTERPOLATIONS = new Set(['linear', 'exponential', 'cubic-bezier'])

/** Values that the painter draws, of properties that take a word. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  visibility: ['visible', 'none'],
  'symbol-placement': ['point', 'line-center'],
  'icon-text-fit': ['none', 'width', 'height', 'both'],
  // North is up and the map is flat, so these two mean the same.
  'icon-rotation-alignment': ['map', 'viewport', 'auto'],
  'text-rotation-alignment': ['map', 'viewport', 'auto'],
}

type Values = Readonly<Record<string, unknown>>

/** What the values of a layer use beyond what the painter draws, such as `symbol-placement "line"` or `the operator within`. */
export function beyondValues(layer: { type: string; filter?: unknown; layout?: object; paint?: object }): string[] {
  const values: Values = { ...layer.layout, ...layer.paint }
  const beyond = new Set([layer.filter, ...Object.values(values)].flatMap(beyondOperators))
  return [
    ...[...beyond].map((name) => `the operator ${name}`),
    ...Object.entries(WORDS)
      .filter(([name, accepted]) => values[name] !== undefined && !accepted.includes(values[name]))
      .map(([name]) => `${name} ${JSON.stringify(values[name])}`),
    ...(layer.type === 'symbol' ? beyondPlacement(values) : []),
  ]
}

/** The painter draws every icon without text, and does not support text that is always drawn and still blocks others. */
function beyondPlacement(values: Values): string[] {
  const [hasIcon, hasText] = [values['icon-image'] !== undefined, values['text-field'] !== undefined]
  const isFree = (kind: 'icon' | 'text') => [
    values[`${kind}-allow-overlap`] === true,
    values[`${kind}-ignore-placement`] === true,
  ]
  const beyond: string[] = []
  const [iconOverlaps, iconIgnored] = isFree('icon')
  const [textOverlaps, textIgnored] = isFree('text')
  if (hasIcon && (iconOverlaps !== iconIgnored || (!iconOverlaps && !hasText))) beyond.push('an icon that others displace')
  if (hasText && textOverlaps !== textIgnored) beyond.push('a text that is free on one side alone')
  if (hasIcon && hasText && iconOverlaps && !textOverlaps && values['text-optional'] !== true) {
    beyond.push('an icon that goes with its text')
  }
  if (values['symbol-placement'] === 'line-center') {
    if (hasIcon) beyond.push('an icon on a line')
  }
  return beyond
}

const known = new WeakMap<object, readonly string[]>()

/** The operators of an expression that the painter does not evaluate. Styles share most of their expressions. */
function beyondOperators(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  const done = known.get(value)
  if (done !== undefined) return done
  const operators = new Set<string>()
  collectOperators(value, operators)
  const beyond = [...operators].filter((name) => !OPERATORS.has(name))
  known.set(value, beyond)
  return beyond
}

/** Adds the operators of an expression; constants and the labels of `match` have none. */
function collectOperators(value: unknown, found: Set<string>): void {
  if (!Array.isArray(value)) return
  const [operator, ...parts] = value as unknown[]
  if (typeof operator !== 'string' || operator === 'literal') return
  if (INTERPOLATIONS.has(operator)) return
  found.add(operator)
  for (const [i, part] of parts.entries()) {
    const isLabel = operator === 'match' && i % 2 === 1 && i < parts.length - 1
    if (!isLabel) collectOperators(part, found)
  }
}
