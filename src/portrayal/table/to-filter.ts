import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { Comparison, Condition, Operand, PortrayalSettings } from './condition.ts'
import { compare } from './holds.ts'

/** Further than any depth on Earth: makes a comparison with a missing attribute fail. */
const BEYOND = 1e9

/** True and false as expressions. */
export const EVERY: ExpressionSpecification = ['all']
export const NONE: ExpressionSpecification = ['any']

/**
 * Writes a condition as a MapLibre filter expression with the settings folded in. Gives the same answer as `holds`; what the settings
 * alone decide becomes `EVERY` or `NONE`.
 */
export function toFilter(condition: Condition, settings: PortrayalSettings): ExpressionSpecification {
  switch (condition.kind) {
    case 'always':
      return EVERY
    case 'all':
      return allOf(condition.of.map((each) => toFilter(each, settings)))
    case 'any':
      return anyOf(condition.of.map((each) => toFilter(each, settings)))
    case 'not':
      return negated(toFilter(condition.of, settings))
    case 'given':
      return ['match', asText(condition.attribute), ['', 'false'], false, true]
    case 'equals':
      return equals(condition.attribute, condition.values)
    case 'holds':
      return listHolds(condition.attribute, condition.values)
    case 'begins':
      return anyOf(condition.values.map((value) => begins(condition.attribute, value)))
    case 'compare':
      return comparison(condition.left, condition.operator, condition.right, settings)
    case 'flag':
      return settings[condition.setting] === true ? EVERY : NONE
  }
}

/** Conjunction without members that are always true; `NONE` as soon as one is never true. */
export function allOf(members: readonly ExpressionSpecification[]): ExpressionSpecification {
  const kept = members.filter((each) => !isConstant(each, 'all'))
  if (kept.some((each) => isConstant(each, 'any'))) return NONE
  return kept.length === 1 && kept[0] ? kept[0] : ['all', ...kept]
}

/** Disjunction without members that are never true; `EVERY` as soon as one is always true. */
export function anyOf(members: readonly ExpressionSpecification[]): ExpressionSpecification {
  const kept = members.filter((each) => !isConstant(each, 'any'))
  if (kept.some((each) => isConstant(each, 'all'))) return EVERY
  return kept.length === 1 && kept[0] ? kept[0] : ['any', ...kept]
}

/** The opposite of an expression; that of a constant is a constant. */
function negated(expression: ExpressionSpecification): ExpressionSpecification {
  if (isConstant(expression, 'all')) return NONE
  return isConstant(expression, 'any') ? EVERY : ['!', expression]
}

function isConstant(expression: ExpressionSpecification, operator: 'all' | 'any'): boolean {
  return expression.length === 1 && expression[0] === operator
}

function asText(attribute: string): ExpressionSpecification {
  return ['to-string', ['get', attribute]]
}

function equals(attribute: string, values: readonly string[]): ExpressionSpecification {
  const [first, ...rest] = values
  if (first !== undefined && rest.length === 0) return ['==', asText(attribute), first]
  return ['match', asText(attribute), [...values], true, false]
}

/** Looks for `,3,` in `,1,3,`, so that 3 is not found in 13. */
function listHolds(attribute: string, values: readonly string[]): ExpressionSpecification {
  const list: ExpressionSpecification = ['concat', ',', asText(attribute), ',']
  const [first, ...rest] = values
  if (first !== undefined && rest.length === 0) return ['in', `,${first},`, list]
  const members = values.map((value): ExpressionSpecification => ['in', `,${value},`, ['var', 'list']])
  return ['let', 'list', list, ['any', ...members]]
}

function begins(attribute: string, value: string): ExpressionSpecification {
  return ['==', ['slice', ['concat', asText(attribute), ','], 0, value.length + 1], `${value},`]
}

function comparison(left: Operand, operator: Comparison, right: Operand, settings: PortrayalSettings): ExpressionSpecification {
  const a = numberOf(left, settings, operator.startsWith('<') ? BEYOND : -BEYOND)
  const b = numberOf(right, settings, operator.startsWith('>') ? BEYOND : -2 * BEYOND)
  if (typeof a === 'number' && typeof b === 'number') return compare(a, operator, b) ? EVERY : NONE
  switch (operator) {
    case '<':
      return ['<', a, b]
    case '<=':
      return ['<=', a, b]
    case '>':
      return ['>', a, b]
    case '>=':
      return ['>=', a, b]
    case '=':
      return ['==', a, b]
  }
}

/** `beyond` stands for a missing value without a default, so that the comparison fails. */
function numberOf(operand: Operand, settings: PortrayalSettings, beyond: number): number | ExpressionSpecification {
  switch (operand.kind) {
    case 'number':
      return operand.value
    case 'setting':
      return settings[operand.setting]
    case 'attribute': {
      const missing = operand.missing === null ? beyond : numberOf(operand.missing, settings, beyond)
      return ['number', ['get', operand.attribute], missing]
    }
    case 'sum':
      return ['+', numberOf(operand.of[0], settings, beyond), numberOf(operand.of[1], settings, beyond)]
  }
}
