import type { AttributeNode } from '../attribute-node.ts'
import type { Dataset, FeatureObject, InformationObject } from '../dataset.ts'
import { DEEPEST_INFORMATION } from '../read-object.ts'
import { S101Error } from '../s101-error.ts'

/** Texts that features share are copied to each of them: at most so many times the files, and always some. */
const mostCopies = 10
const alwaysAllowed = 1_000_000

/**
 * Charges the texts of information types, and of those tied to them, to an allowance; the returned function throws S101Error when it is
 * used up.
 */
export function createTextAllowance(
  dataset: Dataset,
  file: string,
): (object: FeatureObject, information: InformationObject) => void {
  // By depth and number: the size for a type depends on how many levels of the types below it are still copied.
  const sizes = Array.from({ length: DEEPEST_INFORMATION + 1 }, () => new Map<number, number>())
  const sizeAt = ({ id, attributes, information }: InformationObject, depth: number): number => {
    const known = sizes[depth]!.get(id)
    if (known !== undefined) return known
    let size = 1 + sizeOf(attributes)
    if (depth < DEEPEST_INFORMATION) {
      for (const link of information) {
        const below = dataset.information(link.id)
        if (below !== undefined) size += sizeAt(below, depth + 1)
      }
    }
    sizes[depth]!.set(id, size)
    return size
  }
  let left = mostCopies * dataset.bytes + alwaysAllowed
  return (object, information) => {
    left -= sizeAt(information, 1)
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
