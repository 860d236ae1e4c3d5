import { attributeByAcronym } from '#s57/data/attributes.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import { ATTRIBUTE_PATHS } from '../data/attribute-paths.ts'
import type { AttributeTarget } from './attribute-target.ts'
import type { RepeatedAttribute, SpecialAttribute } from './special-attribute.ts'
import { REPEATED_ATTRIBUTES, SPECIAL_ATTRIBUTES } from './special-attributes.ts'
import { valueMapper } from './values.ts'

/** What becomes of an attribute: at most one of the first three is set; without any of them its parts are converted. */
export interface AttributeRule {
  repeated: RepeatedAttribute | null
  special: SpecialAttribute | null
  target: AttributeTarget | null
  /** Of the attributes in it, by name; null when none of them has a counterpart. */
  parts: AttributeRules | null
}

/** By name, for attributes that have the same complex ones around them. */
export type AttributeRules = ReadonlyMap<string, AttributeRule>

const REPEATING = new Set(['COLOUR'])

interface GrowingRule extends AttributeRule {
  parts: Map<string, GrowingRule> | null
}

/** The rules of the outermost attributes: they are looked up for every attribute of a chart, so paths are split only once. */
export const ATTRIBUTE_RULES: AttributeRules = allRules()

function allRules(): AttributeRules {
  const roots = new Map<string, GrowingRule>()
  const at = (path: string): GrowingRule => {
    let rules = roots
    let rule: GrowingRule | undefined
    for (const name of path.split('.')) {
      if (rule !== undefined) rules = rule.parts ??= new Map()
      rule = rules.get(name)
      if (rule === undefined) {
        rule = { repeated: null, special: null, target: null, parts: null }
        rules.set(name, rule)
      }
    }
    return rule!
  }
  for (const [path, mapping] of ATTRIBUTE_PATHS) {
    const { acronym } = mapping
    const type = attributeByAcronym.get(acronym)
    const isNumeric = type !== undefined && MalformedNumbers.isNumeric(type)
    at(path).target = { acronym, isNumeric, valueOf: valueMapper(mapping), repeats: REPEATING.has(acronym) }
  }
  for (const [path, special] of SPECIAL_ATTRIBUTES) Object.assign(at(path), { special, target: null })
  for (const [path, repeated] of REPEATED_ATTRIBUTES) Object.assign(at(path), { repeated, special: null, target: null })
  return roots
}

/** The rules of the attributes in a complex one, given by its path. */
export function rulesIn(path: string): AttributeRules {
  let rules: AttributeRules = ATTRIBUTE_RULES
  for (const name of path.split('.')) rules = rules.get(name)?.parts ?? none
  return rules
}

const none: AttributeRules = new Map()
