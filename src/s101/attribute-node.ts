/** An attribute of a feature or information type: a simple one has a value, a complex one has children. */
export interface AttributeNode {
  /** Name in the feature catalogue, `depthRangeMinimumValue`. */
  name: string
  /** Text of the file; empty for complex attributes and for unknown values. */
  value: string
  children: readonly AttributeNode[]
}

/** The first child of that name; undefined without one. */
export function childOf(nodes: readonly AttributeNode[], name: string): AttributeNode | undefined {
  for (const node of nodes) if (node.name === name) return node
  return undefined
}

/** The value of the first child of that name; empty without one. */
export function valueNamed(nodes: readonly AttributeNode[], name: string): string {
  return childOf(nodes, name)?.value ?? ''
}

/** The values of all children of that name that have one. */
export function valuesOf(nodes: readonly AttributeNode[], name: string): string[] {
  return nodes.filter((node) => node.name === name && node.value !== '').map(({ value }) => value)
}
