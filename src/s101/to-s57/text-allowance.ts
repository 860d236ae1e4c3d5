import type { AttributeNode } from '../attribute-node.ts'
import type { Dataset, FeatureObject, InformationObject } from '../dataset.ts'
import { S101Error } from '../s101-error.ts'

/** Texts that features share are copied to each of them: at most so many times the files, and always some. */
const mostCopies = 10
const alwaysAllowed = 1_000_000

/** Charges the texts of information types to an allowance; the returned function throws S101Error when it is used up. */
export function createTextAllowance(
  dataset: Dataset,
  file: string,
): (object: FeatureObject, information: InformationObject) => void {
  const sizes = new Map<number, number>()
  let left = mostCopies * dataset.bytes + alwaysAllowed
  return (object, { id, attributes }) => {
    let size = sizes.get(id)
    if (size === undefined) {
      size = sizeOf(attributes)
      sizes.set(id, size)
    }
    left -= size
    if (left >= 0) return
    const place = { file, record: `feature ${object.id}`, field: 'INAS' }
    throw new S101Error(place, 'its features share texts so often that reading them was given up')
  }
}

function sizeOf(nodes: readonly AttributeNode[]): number {
  let size = 0
  for (const { value, children } of nodes) size += 1 + value.length + sizeOf(children)
  return size
}
