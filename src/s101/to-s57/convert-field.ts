import { type AttributeField, ENTRY_HEAD, endOfValue, type TextDecoderOfValues } from '../attribute-field.ts'
import type { AttributeNode } from '../attribute-node.ts'
import { ATTRIBUTE_RULES, type AttributeRule, type AttributeRules } from './attribute-rules.ts'
import type { S57Attributes } from './s57-attributes.ts'

const none: readonly AttributeRule[] = []
const noChildren: readonly AttributeNode[] = []

/**
 * Adds the S-57 attributes of a feature straight from its file, as `convertAttributes` does by way of a tree: trees of all features take
 * much of the time and memory of reading a chart. Returns false, and the result is of no use, when an attribute needs those beside it or
 * becomes an object of its own.
 *
 * @param field whose entries are ordered.
 */
export function convertField(field: AttributeField, texts: TextDecoderOfValues, result: S57Attributes): boolean {
  return convertParts(field, texts, { entries: 0 }, field.start, 0, ATTRIBUTE_RULES, result) !== FAILED
}

const FAILED = -1
/** How many entries of the field have been passed: the last one's place, by which its parts name it. */
interface Passed {
  entries: number
}

/**
 * Converts the parts of one complex attribute, or the outermost ones.
 *
 * @param from where the first of them is. @param parent the place of the attribute around them; 0 for none.
 * @returns where the first entry behind them is, or FAILED.
 */
function convertParts(
  field: AttributeField,
  texts: TextDecoderOfValues,
  passed: Passed,
  from: number,
  parent: number,
  rules: AttributeRules,
  result: S57Attributes,
): number {
  const { bytes, end, names } = field
  // Repeats become one value with the first of them. Most features have one such attribute, which needs no list.
  let first: AttributeRule | null = null
  let others = none
  let at = from
  while (at < end) {
    const above = bytes[at + 4]! | (bytes[at + 5]! << 8)
    if (above < parent) return at
    const code = bytes[at]! | (bytes[at + 1]! << 8)
    const start = at
    const value = at + ENTRY_HEAD
    const stop = endOfValue(bytes, value, end)
    at = stop + 1
    const place = ++passed.entries
    if (above > parent) continue
    const rule = rules.get(names.nameOf(code))
    if (rule === undefined) continue
    const { target, parts } = rule
    if (target !== null) {
      const mapped = target.valueOf(texts.decode(bytes, value, stop))
      if (mapped !== null) result.addTarget(target, mapped)
    } else if (rule.special !== null) return FAILED
    else if (rule.repeated !== null) {
      if (rule === first || others.includes(rule)) continue
      if (first === null) first = rule
      else others = [...others, rule]
      rule.repeated(sameNamed(field, texts, start, place), result)
    } else if (parts !== null) {
      at = convertParts(field, texts, passed, at, place, parts, result)
      if (at === FAILED) return FAILED
    }
  }
  return at
}

/** The attribute at `from`, and the later ones of its name beside it, with what is in them. */
function sameNamed(field: AttributeField, texts: TextDecoderOfValues, from: number, its: number): AttributeNode[] {
  const { bytes, end, names } = field
  const name = names.nameOf(bytes.readUInt16LE(from))
  const parent = bytes.readUInt16LE(from + 4)
  const found = [nodeAt(field, texts, from, its)]
  let number = its
  for (let at = endOfValue(bytes, from + ENTRY_HEAD, end) + 1; at < end; at = endOfValue(bytes, at + ENTRY_HEAD, end) + 1) {
    number++
    const above = bytes[at + 4]! | (bytes[at + 5]! << 8)
    if (above < parent) break
    if (above === parent && names.nameOf(bytes[at]! | (bytes[at + 1]! << 8)) === name)
      found.push(nodeAt(field, texts, at, number))
  }
  return found
}

/** The attribute at `from`, which is entry number `its`, as a tree. */
function nodeAt(field: AttributeField, texts: TextDecoderOfValues, from: number, its: number): AttributeNode {
  const { bytes, end, names } = field
  const value = from + ENTRY_HEAD
  const stop = endOfValue(bytes, value, end)
  let children = noChildren as AttributeNode[]
  let number = its
  for (let at = stop + 1; at < end; at = endOfValue(bytes, at + ENTRY_HEAD, end) + 1) {
    number++
    const above = bytes[at + 4]! | (bytes[at + 5]! << 8)
    if (above < its) break
    if (above > its) continue
    const child = nodeAt(field, texts, at, number)
    if (children === noChildren) children = [child]
    else children.push(child)
  }
  return { name: names.nameOf(bytes.readUInt16LE(from)), value: texts.decode(bytes, value, stop), children }
}
