import Flatbush from 'flatbush'
import { messageOf } from '#lib/errors.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'

const HEAD_BYTES = 8

/**
 * Opens a packed index (flatbush) in place.
 * @param verify whether to check its tree: a search in a tree with a loop would never end.
 * @throws CompiledCellError `structure`
 */
export function openIndex(
  name: string,
  buffer: ArrayBufferLike,
  { offset, bytes }: { offset: number; bytes: number },
  verify: boolean,
): Flatbush {
  let index: Flatbush
  try {
    index = Flatbush.from(buffer, offset)
  } catch (error) {
    throw new CompiledCellError('structure', `its section ${name} is not an index: ${messageOf(error)}`)
  }
  if (verify && !isSound(index, buffer, offset, bytes)) {
    throw new CompiledCellError('structure', `its section ${name} is not an index: its tree is broken`)
  }
  return index
}

/**
 * Checks the layout of Flatbush 3: the boxes of all nodes, four numbers each, items first and then level by level up to the root; then
 * one index per node, which is the number of an item, or four times the place of an inner node's first child.
 */
function isSound(
  { numItems, nodeSize, ArrayType, IndexArrayType }: Flatbush,
  buffer: ArrayBufferLike,
  offset: number,
  bytes: number,
): boolean {
  if (ArrayType !== Int32Array) return false
  const levels = [numItems]
  while (levels.at(-1)! > 1 || levels.length === 1) levels.push(Math.ceil(levels.at(-1)! / nodeSize))
  const nodes = levels.reduce((sum, count) => sum + count, 0)
  if (bytes !== HEAD_BYTES + nodes * (16 + IndexArrayType.BYTES_PER_ELEMENT)) return false
  const indices = new IndexArrayType(buffer as ArrayBuffer, offset + HEAD_BYTES + nodes * 16, nodes)
  const seen = new Uint8Array(numItems)
  for (let i = 0; i < numItems; i++) {
    const item = indices[i]!
    if (item >= numItems || seen[item] === 1) return false
    seen[item] = 1
  }
  let node = numItems
  for (let level = 1, below = 0; level < levels.length; below += levels[level - 1]!, level++) {
    for (let i = 0; i < levels[level]!; i++, node++) if (indices[node] !== (below + i * nodeSize) * 4) return false
  }
  return true
}
