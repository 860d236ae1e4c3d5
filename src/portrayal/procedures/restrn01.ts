import type { TableRow } from '../data/table-row.ts'

/** RESTRN01: the steps of the table for the restrictions of any class, with the priority and category of that class. */
export function restrn01(steps: readonly TableRow[], row: TableRow): TableRow[] {
  const { class: objectClass, prio, cat, vg } = row
  return steps.map((step) => ({ ...step, class: objectClass, prio, cat, vg }))
}
