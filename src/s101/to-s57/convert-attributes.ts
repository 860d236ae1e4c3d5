import type { AttributeNode } from '../attribute-node.ts'
import type { AttributeRule, AttributeRules } from './attribute-rules.ts'
import type { S57Attributes } from './s57-attributes.ts'

const none: readonly AttributeRule[] = []

/**
 * Adds the S-57 attributes of a tree. Attributes without a counterpart are passed over; so are those that become objects of their own.
 * @param rules the rules of the outermost attributes, or of the parts of the complex attribute around the tree.
 * @param acronym the class of the S-57 feature, which decides what some attributes become.
 */
export function convertAttributes(
  nodes: readonly AttributeNode[],
  rules: AttributeRules,
  acronym: string,
  result: S57Attributes,
): void {
  // Repeats become one value with the first of them. Most features have one such attribute, which needs no list.
  let first: AttributeRule | null = null
  let others = none
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    const rule = rules.get(node.name)
    if (rule === undefined) continue
    const { target, parts } = rule
    if (target !== null) {
      const value = target.valueOf(node.value)
      if (value !== null) result.addTarget(target, value)
    } else if (rule.repeated !== null) {
      if (rule === first || others.includes(rule)) continue
      if (first === null) first = rule
      else others = [...others, rule]
      rule.repeated(sameNamed(nodes, i), result)
    } else if (rule.special !== null) rule.special(node, nodes, acronym, result)
    else if (parts !== null && node.children.length > 0) convertAttributes(node.children, parts, acronym, result)
  }
}

/** The attribute at that place and the later ones of its name. */
function sameNamed(nodes: readonly AttributeNode[], from: number): AttributeNode[] {
  const { name } = nodes[from]!
  const found = [nodes[from]!]
  for (let i = from + 1; i < nodes.length; i++) if (nodes[i]!.name === name) found.push(nodes[i]!)
  return found
}
