import type { AttributeNode } from './attribute-node.ts'

/** An attribute tree as JSON: texts, objects for complex attributes, and arrays for repeats. */
export type AttributeJson = { [name: string]: AttributeValueJson | AttributeValueJson[] }
type AttributeValueJson = string | AttributeJson

/** The attribute tree of a feature with the names of S-101. */
export function attributeJson(nodes: readonly AttributeNode[]): AttributeJson {
  // The names come from the file, so the object has no prototype whose members they could hit.
  const result: AttributeJson = Object.create(null) as AttributeJson
  for (const { name, value, children } of nodes) {
    const own = children.length === 0 ? value : attributeJson(children)
    const before = result[name]
    if (before === undefined) result[name] = own
    else if (Array.isArray(before)) before.push(own)
    else result[name] = [before, own]
  }
  return result
}
