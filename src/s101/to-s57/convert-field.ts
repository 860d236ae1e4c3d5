import type { AttributeField, TextDecoderOfValues } from '../attribute-field.ts'
import type { AttributeNode } from '../attribute-node.ts'
import { entriesOf, type FieldEntries } from '../field-entries.ts'
import { ATTRIBUTE_RULES, type AttributeRule, type AttributeRules } from './attribute-rules.ts'
import type { S57Attributes } from './s57-attributes.ts'

const none: readonly AttributeRule[] = []
const noChildren: readonly AttributeNode[] = []

/**
 * Adds the S-57 attributes of a feature straight from its file, as `convertAttributes` does from a tree: building trees for all features
 * takes much of the time and memory of reading a chart. Returns false, and the result must be discarded, when an attribute depends on its
 * siblings or becomes an object of its own.
 * @param field whose entries are ordered.
 */
export function convertField(field: AttributeField, texts: TextDecoderOfValues, result: S57Attributes): boolean {
  return convertParts({ field, texts, entries: entriesOf(field) }, 0, 0, ATTRIBUTE_RULES, result) !== FAILED
}

const FAILED = -1

interface FieldSource {
  field: AttributeField
  texts: TextDecoderOfValues
  entries: FieldEntries
}

/**
 * Converts the parts of one complex attribute, or the outermost ones.
 *
 * @param from the first of them. @param parent the place of the attribute around them, from 1; 0 for none.
 * @returns the first entry behind them, or FAILED.
 */
function convertParts(source: FieldSource, from: number, parent: number, rules: AttributeRules, result: S57Attributes): number {
  const { field, texts, entries } = source
  const { count, codes, parents, starts, ends } = entries
  // Repeats become one value with the first of them. Most features have one such attribute, which needs no list.
  let first: AttributeRule | null = null
  let others = none
  let i = from
  while (i < count) {
    const above = parents[i]!
    if (above < parent) return i
    const entry = i++
    if (above > parent) continue
    const rule = rules.get(field.names.nameOf(codes[entry]!))
    if (rule === undefined) continue
    const { target, parts } = rule
    if (target !== null) {
      const mapped = target.valueOf(texts.decode(field.bytes, starts[entry]!, ends[entry]!))
      if (mapped !== null) result.addTarget(target, mapped)
    } else if (rule.special !== null) return FAILED
    else if (rule.repeated !== null) {
      if (rule === first || others.includes(rule)) continue
      if (first === null) first = rule
      else others = [...others, rule]
      rule.repeated(sameNamed(source, entry), result)
    } else if (parts !== null) {
      i = convertParts(source, i, i, parts, result)
      if (i === FAILED) return FAILED
    }
  }
  return i
}

/** The attribute at `entry`, and the later ones of its name beside it, with what is in them. */
function sameNamed(source: FieldSource, entry: number): AttributeNode[] {
  const { names } = source.field
  const { count, codes, parents } = source.entries
  const name = names.nameOf(codes[entry]!)
  const parent = parents[entry]!
  const found = [nodeAt(source, entry)]
  for (let i = entry + 1; i < count; i++) {
    const above = parents[i]!
    if (above < parent) break
    if (above === parent && names.nameOf(codes[i]!) === name) found.push(nodeAt(source, i))
  }
  return found
}

/** The attribute at `entry` as a tree. */
function nodeAt(source: FieldSource, entry: number): AttributeNode {
  const { field, texts, entries } = source
  const { count, codes, parents, starts, ends } = entries
  const place = entry + 1
  let parts = 0
  for (let i = place; i < count && parents[i]! >= place; i++) if (parents[i] === place) parts++
  // A list that grows would take more memory than the parts in it.
  const children = parts === 0 ? noChildren : new Array<AttributeNode>(parts)
  for (let i = place, part = 0; part < parts; i++) {
    if (parents[i] === place) (children as AttributeNode[])[part++] = nodeAt(source, i)
  }
  const value = texts.decode(field.bytes, starts[entry]!, ends[entry]!)
  return { name: field.names.nameOf(codes[entry]!), value, children }
}
