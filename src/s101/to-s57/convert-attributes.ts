import type { AttributeNode } from '../attribute-node.ts'
import { ATTRIBUTE_PATHS, type AttributeMapping } from '../data/attribute-paths.ts'
import type { S57Attributes } from './s57-attributes.ts'
import type { RepeatedAttribute, SpecialAttribute } from './special-attribute.ts'
import { REPEATED_ATTRIBUTES, SPECIAL_ATTRIBUTES } from './special-attributes.ts'
import { mappedValue } from './values.ts'

/** Lists whose members may repeat: the stripes of a mark, top to bottom. */
const REPEATING = new Set(['COLOUR'])

/** What becomes of an attribute: exactly one of these is there. */
interface AttributeRule {
  repeated: RepeatedAttribute | null
  special: SpecialAttribute | null
  mapping: AttributeMapping | null
}

/** By path, in one table: this is looked up for every attribute of a chart. */
const RULES: ReadonlyMap<string, AttributeRule> = new Map([
  ...[...ATTRIBUTE_PATHS].map(([path, mapping]): [string, AttributeRule] => [path, { repeated: null, special: null, mapping }]),
  ...[...SPECIAL_ATTRIBUTES].map(([path, special]): [string, AttributeRule] => [
    path,
    { repeated: null, special, mapping: null },
  ]),
  ...[...REPEATED_ATTRIBUTES].map(([path, repeated]): [string, AttributeRule] => [
    path,
    { repeated, special: null, mapping: null },
  ]),
])

/**
 * Adds the S-57 attributes of a tree. `prefix` names the complex attributes around it, with a point behind each. Attributes without a
 * counterpart are passed over; so are those that become objects of their own.
 *
 * @param acronym the class of the S-57 feature, which decides what some attributes become.
 */
export function convertAttributes(nodes: readonly AttributeNode[], prefix: string, acronym: string, result: S57Attributes): void {
  let seen: Set<string> | null = null
  for (const node of nodes) {
    const path = prefix === '' ? node.name : prefix + node.name
    const rule = RULES.get(path)
    if (rule === undefined) {
      if (node.children.length > 0) convertAttributes(node.children, `${path}.`, acronym, result)
      continue
    }
    const { repeated, special, mapping } = rule
    if (repeated !== null) {
      seen ??= new Set()
      if (seen.has(path)) continue
      seen.add(path)
      repeated(
        nodes.filter(({ name }) => name === node.name),
        result,
      )
      continue
    }
    if (special !== null) {
      special(node, nodes, acronym, result)
      continue
    }
    if (mapping === null) continue
    const value = mappedValue(mapping, node.value)
    if (value === null) continue
    if (REPEATING.has(mapping.acronym)) result.append(mapping.acronym, value)
    else result.add(mapping.acronym, value)
  }
}
