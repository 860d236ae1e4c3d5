import {
  type AttributeEntry,
  type AttributeField,
  DEEPEST,
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
  const { field, moreFields } = source
  if (field === null) return []
  const roots = fieldTree(field, texts, warn)
  for (const more of moreFields ?? []) for (const root of fieldTree(more, texts, warn)) roots.push(root)
  return roots
}

/** The attributes of one field. Lists are made of the right size: those that grow would take more memory than the nodes. */
function fieldTree(field: AttributeField, texts: TextDecoderOfValues, warn: (message: string) => void): GrowingNode[] {
  const { bytes, end, names, count, isFlat } = field
  const roots = new Array<GrowingNode>(count)
  const places = isFlat ? null : placesOf(field)
  let width = 0
  let at = field.start
  for (let place = 0; at < end; place++) {
    const name = names.nameOf(bytes[at]! | (bytes[at + 1]! << 8))
    const parent = bytes[at + 4]! | (bytes[at + 5]! << 8)
    const from = at + ENTRY_HEAD
    const to = endOfValue(bytes, from, end)
    const node: GrowingNode = { name, value: texts.decode(bytes, from, to), children: none }
    at = to + 1
    if (parent === 0) roots[width++] = node
    if (places !== null && !places.put(place, parent, node)) {
      warn(`left out its attribute ${shown(name)}, whose parent is not one of the attributes before it`)
    }
  }
  roots.length = width
  return roots
}

/** The entries of a field by position. */
class Places {
  /** Null for one that was left out. */
  readonly #nodes: (GrowingNode | null)[] = []
  readonly #depths: number[] = []
  /** How many entries still name this one as their parent. */
  readonly children: number[] = []

  /** Adds an entry at its position and below its parent (0 for none). Returns false when it is left out. */
  put(place: number, parent: number, node: GrowingNode): boolean {
    const above = parent > 0 && parent <= place ? this.#nodes[parent - 1]! : null
    const depth = above === null ? 0 : this.#depths[parent - 1]! + 1
    const isKept = parent === 0 || (above !== null && depth < DEEPEST)
    this.#depths[place] = depth
    this.#nodes[place] = isKept ? node : null
    if (above === null || !isKept) return isKept
    const left = this.children[parent - 1]!--
    if (above.children === none) above.children = new Array<GrowingNode>(left)
    above.children[above.children.length - left] = node
    return true
  }
}

/** Kept for the next field, because most features have one that needs it. */
let spare: Places | null = null
const mostKept = 1_000

function placesOf({ bytes, start, end, count }: AttributeField): Places {
  const places = spare ?? new Places()
  spare = count <= mostKept ? places : null
  for (let place = 0; place < count; place++) places.children[place] = 0
  let at = start
  for (let place = 0; at < end; place++) {
    const parent = bytes[at + 4]! | (bytes[at + 5]! << 8)
    if (parent > 0 && parent <= place) places.children[parent - 1]!++
    at = endOfValue(bytes, at + ENTRY_HEAD, end) + 1
  }
  return places
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
  for (const field of update.field === null ? [] : [update.field, ...(update.moreFields ?? [])]) {
    const placed: (GrowingNode | null)[] = []
    const depths: number[] = []
    visitEntries(field, context.texts, (entry) => {
      const above = entry.parent === 0 ? null : (placed[entry.parent - 1] ?? undefined)
      const depth = entry.parent === 0 ? 0 : (depths[entry.parent - 1] ?? 0) + 1
      if (above === undefined || depth >= DEEPEST) {
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
