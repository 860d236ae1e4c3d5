import type { AttributeNode } from '../attribute-node.ts'
import { ATTRIBUTE_PATHS } from '../data/attribute-paths.ts'
import type { S57Attributes } from './s57-attributes.ts'
import { REPEATED_ATTRIBUTES, SPECIAL_ATTRIBUTES } from './special-attributes.ts'
import { mappedValue } from './values.ts'

/** Lists whose members may repeat: the stripes of a mark, top to bottom. */
const REPEATING = new Set(['COLOUR'])

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
    const repeated = REPEATED_ATTRIBUTES.get(path)
    if (repeated !== undefined) {
      seen ??= new Set()
      if (seen.has(path)) continue
      seen.add(path)
      repeated(
        nodes.filter(({ name }) => name === node.name),
        result,
      )
      continue
    }
    const special = SPECIAL_ATTRIBUTES.get(path)
    if (special !== undefined) {
      special(node, nodes, acronym, result)
      continue
    }
    const mapping = ATTRIBUTE_PATHS.get(path)
    if (mapping === undefined) {
      if (node.children.length > 0) convertAttributes(node.children, `${path}.`, acronym, result)
      continue
    }
    const value = mappedValue(mapping, node.value)
    if (value === null) continue
    if (REPEATING.has(mapping.acronym)) result.append(mapping.acronym, value)
    else result.add(mapping.acronym, value)
  }
}
