import type { Condition, Operand } from './condition.ts'
import { portrayalOf } from './portrayal-of.ts'
import type { Primitive } from './row.ts'

/** The properties of a feature that the conditions of a class test, with either set of symbols: attributes and derived ones, sorted. */
export function attributesOf(objectClass: string, primitive: Primitive): readonly string[] {
  const found = new Set<string>()
  for (const set of ['simplified', 'paper'] as const) {
    const portrayal = portrayalOf(objectClass, primitive, set)
    if (portrayal === null) continue
    for (const row of [...portrayal.rows, ...portrayal.also.flat()]) addCondition(row.when, found)
  }
  return [...found].toSorted()
}

function addCondition(condition: Condition, found: Set<string>): void {
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const each of condition.of) addCondition(each, found)
      return
    case 'not':
      addCondition(condition.of, found)
      return
    case 'compare':
      addOperand(condition.left, found)
      addOperand(condition.right, found)
      return
    case 'given':
    case 'equals':
    case 'holds':
    case 'begins':
      found.add(condition.attribute)
      return
    case 'always':
    case 'flag':
      return
  }
}

function addOperand(operand: Operand, found: Set<string>): void {
  if (operand.kind === 'sum') for (const each of operand.of) addOperand(each, found)
  if (operand.kind !== 'attribute') return
  found.add(operand.attribute)
  if (operand.missing !== null) addOperand(operand.missing, found)
}
