import { DELETE, INSERT, MODIFY, type Rows } from '#s57/records.ts'
import type { FeatureLink } from './records.ts'
import { S101Error } from './s101-error.ts'
import type { UpdateContext } from './update-context.ts'

/** The list that an update edits. */
export interface PointerContext extends UpdateContext {
  /** The record in words and the tag of its list. */
  record: string
  field: string
}

const targetBytes = 5

/**
 * Edits a list of pointers without order (SPAS, RIAS, MASK), rows of `width` bytes with the instruction in the last: 1 adds, 2 removes
 * the entry of the same target, 3 replaces it. Throws S101Error when the target is not in the list.
 */
export function editPointers(target: Rows | null, given: Rows | null, width: number, context: PointerContext): Rows | null {
  if (given === null || given.count === 0) return target
  const { file, record, field, budget } = context
  const rows: Uint8Array[] = []
  const split = (list: Rows) => {
    for (let i = 0; i < list.count; i++) rows.push(bytesOf(list, i, width))
  }
  if (target !== null) split(target)
  for (let i = 0; i < given.count; i++) {
    budget.at({ record, field }).spend(rows.length + width)
    const row = bytesOf(given, i, width)
    const instruction = row[width - 1]!
    if (instruction === INSERT) {
      rows.push(row)
      continue
    }
    const fail = (message: string): never => {
      throw new S101Error({ file, record, field }, message)
    }
    if (instruction !== DELETE && instruction !== MODIFY) {
      fail(`the update instruction is ${instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`)
    }
    const place = rows.findIndex((other) => sameTarget(other, row))
    if (place === -1) fail('the update changes an entry that the list does not have')
    if (instruction === DELETE) rows.splice(place, 1)
    else rows[place] = row
  }
  const bytes = new Uint8Array(rows.length * width)
  for (const [i, row] of rows.entries()) bytes.set(row, i * width)
  return { view: new DataView(bytes.buffer), start: 0, count: rows.length }
}

const bytesOf = ({ view, start }: Rows, i: number, width: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start + i * width, width)

function sameTarget(one: Uint8Array, other: Uint8Array): boolean {
  for (let i = 0; i < targetBytes; i++) if (one[i] !== other[i]) return false
  return true
}

/** Edits associations (INAS, FASC), which are told apart by target, association and role. Throws S101Error for one that is missing. */
export function editLinks(
  target: FeatureLink[] | null,
  given: readonly FeatureLink[] | null,
  { file, record, field, budget }: PointerContext,
): FeatureLink[] | null {
  if (given === null) return target
  const links = [...(target ?? [])]
  for (const link of given) {
    budget.at({ record, field }).spend(links.length + 1)
    if (link.instruction === INSERT) {
      links.push(link)
      continue
    }
    const place = links.findIndex(
      ({ id, association, role }) => id === link.id && association === link.association && role === link.role,
    )
    if ((link.instruction !== DELETE && link.instruction !== MODIFY) || place === -1) {
      const message =
        place === -1
          ? `the update changes an association with record ${link.id} that the cell does not have`
          : `the update instruction is ${link.instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`
      throw new S101Error({ file, record, field }, message)
    }
    if (link.instruction === DELETE) links.splice(place, 1)
  }
  return links
}
