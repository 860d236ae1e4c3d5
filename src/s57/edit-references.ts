import type { FeatureReference } from './cell.ts'
import { type ListEditContext, rangeOfEdit } from './edit-list.ts'
import type { ListEdit } from './records.ts'

/** Bytes of an FFPT entry without comment, for the budget. */
const FFPT_SIZE = 10

/**
 * Edits the pointers of a feature to others (S-57 part 3, clause 8.4.2.3). Their order means nothing, so pointers that come without
 * FFPC are added, except those that the feature has already. Throws S57Error when the edit does not fit the list.
 */
export function editReferences(
  target: FeatureReference[] | null,
  given: FeatureReference[] | null,
  edit: ListEdit | null,
  context: ListEditContext,
): FeatureReference[] | null {
  if (given === null && edit === null) return target
  const list = target ?? []
  const { file, record, field, budget, warnings } = context
  budget.at({ record, field }).spend((list.length + (given?.length ?? 0)) * FFPT_SIZE)
  if (edit === null) {
    const known = new Set(list.map(keyOf))
    const added = (given ?? []).filter((reference) => !known.has(keyOf(reference)))
    if (list.length > 0)
      warnings.add(`${file}, ${record}: no FFPC gives the place of its FFPT; added ${added.length} to ${list.length}`)
    return [...list, ...added]
  }
  const range = rangeOfEdit(edit, list.length, given?.length ?? 0, context)
  if (range === null) return target
  const { from, removed, added } = range
  return [...list.slice(0, from), ...(given ?? []).slice(0, added), ...list.slice(from + removed)]
}

function keyOf({ agency, featureId, featureSubdivision, relation }: FeatureReference): string {
  return `${agency} ${featureId} ${featureSubdivision} ${relation}`
}
