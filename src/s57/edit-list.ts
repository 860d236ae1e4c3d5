import type { CreatePlacedError } from '#iso8211/record-place.ts'
import { DELETE, INSERT, type ListEdit, MODIFY, type Rows } from './records.ts'
import { S57Error } from './s57-error.ts'
import type { WarningList } from './warning-list.ts'
import type { WorkBudget } from './work-budget.ts'

/** The list that an update edits, and what editing it needs. */
export interface ListEditContext {
  /** Name of the update, for messages. */
  file: string
  /** The record in words and the tag of its list. */
  record: string
  field: string
  budget: WorkBudget
  warnings: WarningList
  /** Makes the errors of another standard that edits its lists in the same way; S57Error without it. */
  createError?: CreatePlacedError
}

/** The entries to remove, and the number of given entries that replace them. */
export interface ListRange {
  from: number
  removed: number
  added: number
}

/**
 * The part of a list that an update edits (S-57 part 3, clauses 8.4.2.3, 8.4.2.4, 8.4.3.2 and 8.4.3.3); null when the list stays as it
 * is. `length` counts the entries of the cell's list, `given` those of the update. Without a control field (`edit` is null) entries
 * are added to a list that has none; where the cell has entries already their place is unknown, so they are ignored with a warning.
 * Throws S57Error when the edit does not fit the list.
 */
export function rangeOfEdit(edit: ListEdit | null, length: number, given: number, context: ListEditContext): ListRange | null {
  const { file, record, field, warnings } = context
  const fail = (message: string): never => {
    const place = { file, record, field }
    throw context.createError?.(place, message) ?? new S57Error(place, message)
  }
  if (edit === null) {
    if (given === 0) return null
    if (length === 0) return { from: 0, removed: 0, added: given }
    warnings.add(`${file}, ${record}: ignored its ${field} (${given}); the cell has ${length} and no control field gives a place`)
    return null
  }
  const { instruction, index, count } = edit
  if (instruction !== INSERT && instruction !== DELETE && instruction !== MODIFY) {
    fail(`the update instruction is ${instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`)
  }
  const removed = instruction === INSERT ? 0 : count
  const added = instruction === DELETE ? 0 : count
  if (added > given) fail(`the update announces ${added} entries but brings ${given}`)
  if (given > added)
    warnings.add(`${file}, ${record}: ignored ${given - added} of its ${field} that its control field does not count`)
  if (count === 0) return null
  const from = index - 1
  if (from < 0 || from + removed > length) {
    fail(`the update edits entries ${index} to ${index + count - 1} of a list that has ${length}`)
  }
  return { from, removed, added }
}

/** Edits a list of rows of `width` bytes. The edited list is a copy, whose bytes are charged to the budget. */
export function editRows(
  target: Rows | null,
  given: Rows | null,
  edit: ListEdit | null,
  width: number,
  context: ListEditContext,
): Rows | null {
  const length = target?.count ?? 0
  const range = rangeOfEdit(edit, length, given?.count ?? 0, context)
  if (range === null) return target
  const { from, removed, added } = range
  const count = length - removed + added
  context.budget.at({ record: context.record, field: context.field }).spend(count * width)
  const result = new Uint8Array(count * width)
  const part = (rows: Rows | null, start: number, rowCount: number) =>
    rows === null || rowCount === 0
      ? new Uint8Array(0)
      : new Uint8Array(rows.view.buffer, rows.view.byteOffset + rows.start + start * width, rowCount * width)
  result.set(part(target, 0, from), 0)
  result.set(part(given, 0, added), from * width)
  result.set(part(target, from + removed, length - from - removed), (from + added) * width)
  return { view: new DataView(result.buffer), start: 0, count }
}
