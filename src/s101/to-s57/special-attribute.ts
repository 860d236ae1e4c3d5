import type { AttributeNode } from '../attribute-node.ts'
import type { S57Attributes } from './s57-attributes.ts'

/** Adds what an attribute becomes. `siblings` are all attributes beside it. */
export type SpecialAttribute = (
  node: AttributeNode,
  siblings: readonly AttributeNode[],
  acronym: string,
  result: S57Attributes,
) => void

/** Adds what the repeats of an attribute become together. */
export type RepeatedAttribute = (nodes: readonly AttributeNode[], result: S57Attributes) => void
