import {
  type AttributeEntry,
  type AttributeField,
  ENTRY_HEAD,
  endOfValue,
  type TextDecoderOfValues,
  visitEntries,
} from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'
import type { AttributeSource } from './records.ts'

/** A node while the tree is being built or edited. */
interface GrowingNode extends AttributeNode {
  value: string
  children: GrowingNode[]
}

/** The catalogue nests attributes four deep; deeper ones are left out, so that nobody who walks the tree runs out of stack. */
const deepest = 16
const none: GrowingNode[] = []
Object.freeze(none)

/**
 * The attributes of a record as trees. An entry whose parent does not stand before it, or that lies too deep, is left out with a
 * warning. The order of the file is kept.
 */
export function attributeTree(
  source: AttributeSource,
  texts: TextDecoderOfValues,
  warn: (message: string) => void,
): readonly AttributeNode[] {
  if (source.edited !== null) return source.edited
  const roots: GrowingNode[] = []
  for (const field of source.fields) addField(field, roots, texts, warn)
  return roots
}

/** Adds the attributes of one field. Most have no parent, so the places of entries are only noted from the first that has one. */
function addField(
  field: AttributeField,
  roots: GrowingNode[],
  texts: TextDecoderOfValues,
  warn: (message: string) => void,
): void {
  const { bytes, end, names } = field
  const before = roots.length
  let placed: PlacedNode[] | null = null
  let at = field.start
  while (at < end) {
    const name = names.nameOf(bytes[at]! | (bytes[at + 1]! << 8))
    const parent = bytes[at + 4]! | (bytes[at + 5]! << 8)
    const from = at + ENTRY_HEAD
    const to = endOfValue(bytes, from, end)
    const node: GrowingNode = { name, value: texts.decode(bytes, from, to), children: none }
    at = to + 1
    if (parent === 0) {
      roots.push(node)
      placed?.push({ node, depth: 0 })
      continue
    }
    placed ??= roots.slice(before).map((root) => ({ node: root, depth: 0 }))
    const above = placed[parent - 1]
    const depth = (above?.depth ?? 0) + 1
    if (above === undefined || above.node === null || depth >= deepest) {
      warn(`left out its attribute ${shown(name)}, whose parent is not one of the attributes before it`)
      placed.push({ node: null, depth })
      continue
    }
    if (above.node.children === none) above.node.children = [node]
    else above.node.children.push(node)
    placed.push({ node, depth })
  }
}

/** An entry of a field by its place; null when it was left out. */
interface PlacedNode {
  node: GrowingNode | null
  depth: number
}

/** What editing the attributes of a record needs. */
export interface AttributeEditContext {
  texts: TextDecoderOfValues
  /** Charges the work of copying and searching lists. */
  spend(steps: number): void
  warn(message: string): void
  /** Refuses an edit that does not fit the record. */
  fail(message: string): never
}

/** Applies the ATTR fields of an update: each entry addresses one of the record's by name and number under its parent. */
export function editAttributes(target: AttributeSource, update: AttributeSource, context: AttributeEditContext): void {
  const roots = (target.edited ?? attributeTree(target, context.texts, context.warn)) as GrowingNode[]
  target.edited = roots
  for (const field of update.fields) {
    const placed: (GrowingNode | null)[] = []
    const depths: number[] = []
    visitEntries(field, context.texts, (entry) => {
      const above = entry.parent === 0 ? null : (placed[entry.parent - 1] ?? undefined)
      const depth = entry.parent === 0 ? 0 : (depths[entry.parent - 1] ?? 0) + 1
      if (above === undefined || depth >= deepest) {
        placed.push(null)
        context.fail(`the update edits the attribute ${shown(entry.name)} below one that it does not name before`)
      }
      if (above !== null && above.children === none) above.children = []
      depths[placed.length] = depth
      placed.push(editOne(above === null ? roots : above.children, entry, context))
    })
  }
}

/** Edits one attribute among its siblings; returns it, null when it was deleted. */
function editOne(siblings: GrowingNode[], entry: AttributeEntry, context: AttributeEditContext): GrowingNode | null {
  const { name, index, value, instruction } = entry
  context.spend(siblings.length + 1)
  const places: number[] = []
  for (const [place, node] of siblings.entries()) if (node.name === name) places.push(place)
  const place = places[index - 1]
  switch (instruction) {
    case 1: {
      const node: GrowingNode = { name, value, children: none }
      if (place === undefined && index > places.length + 1) {
        context.warn(`the update inserts ${shown(name)} as number ${index} of ${places.length}; appended it`)
      }
      if (place === undefined) siblings.push(node)
      else siblings.splice(place, 0, node)
      return node
    }
    case 2:
      if (place === undefined) context.fail(`the update deletes ${shown(name)} ${index}, which the record does not have`)
      siblings.splice(place, 1)
      return null
    case 3: {
      if (place === undefined) return context.fail(`the update changes ${shown(name)} ${index}, which the record does not have`)
      const node = siblings[place]!
      node.value = value
      return node
    }
    default:
      return context.fail(`the update instruction ATIN is ${instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`)
  }
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 60))
