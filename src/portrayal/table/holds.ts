import type { Comparison, Condition, Operand, PortrayalSettings } from './condition.ts'

/**
 * Whether a condition holds for the properties of a tile feature. `toFilter` gives the same answer as an expression; a test compares
 * the two.
 */
export function holds(condition: Condition, properties: Readonly<Record<string, unknown>>, settings: PortrayalSettings): boolean {
  switch (condition.kind) {
    case 'always':
      return true
    case 'all':
      return condition.of.every((each) => holds(each, properties, settings))
    case 'any':
      return condition.of.some((each) => holds(each, properties, settings))
    case 'not':
      return !holds(condition.of, properties, settings)
    case 'given':
      return !['', 'false'].includes(textOf(properties[condition.attribute]))
    case 'equals':
      return condition.values.includes(textOf(properties[condition.attribute]))
    case 'holds': {
      const members = textOf(properties[condition.attribute]).split(',')
      return condition.values.some((value) => members.includes(value))
    }
    case 'begins':
      return condition.values.includes(textOf(properties[condition.attribute]).split(',')[0] ?? '')
    case 'compare': {
      const left = numberOf(condition.left, properties, settings)
      const right = numberOf(condition.right, properties, settings)
      return left !== null && right !== null && compare(left, condition.operator, right)
    }
    case 'flag':
      return settings[condition.setting] === true
  }
}

/** Compares two numbers exactly: in metres as charted, without a tolerance. */
export function compare(left: number, operator: Comparison, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '=':
      return left === right
  }
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}

function numberOf(operand: Operand, properties: Readonly<Record<string, unknown>>, settings: PortrayalSettings): number | null {
  switch (operand.kind) {
    case 'number':
      return operand.value
    case 'setting':
      return settings[operand.setting]
    case 'attribute': {
      const value = properties[operand.attribute]
      if (typeof value === 'number') return value
      return operand.missing === null ? null : numberOf(operand.missing, properties, settings)
    }
    case 'sum': {
      const [a, b] = operand.of.map((each) => numberOf(each, properties, settings))
      return typeof a === 'number' && typeof b === 'number' ? a + b : null
    }
  }
}
