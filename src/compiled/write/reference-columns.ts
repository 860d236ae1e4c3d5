import { NOWHERE } from '../format/compiled-cell.ts'
import type { FeatureRow } from './feature-rows.ts'
import { createIntList, push, unsigned } from './int-list.ts'

/** Builds the references between features as indices; NOWHERE for a feature outside this cell. */
export function referenceColumns(rows: readonly FeatureRow[]) {
  const byIdentity = new Map<string, number>()
  rows.forEach((row, index) => {
    if (row.boundary === null) byIdentity.set(identityOf(row), index)
  })
  const starts = createIntList()
  const targets = createIntList()
  const relations: number[] = []
  for (const row of rows) {
    push(starts, targets.length)
    for (const reference of row.references) {
      push(targets, byIdentity.get(identityOf(reference)) ?? NOWHERE)
      relations.push(reference.relation)
    }
  }
  push(starts, targets.length)
  return { starts: unsigned(starts), targets: unsigned(targets), relations: Uint8Array.from(relations) }
}

function identityOf(of: { agency: number; featureId: number; featureSubdivision: number }): string {
  return `${of.agency}/${of.featureId}/${of.featureSubdivision}`
}
