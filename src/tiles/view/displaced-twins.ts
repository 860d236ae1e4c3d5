import type { Standard } from '#s57/cell.ts'

/** What must be known about a cell. */
interface TwinCell {
  name: string
  /** Owner; null for a public cell. */
  accountId: number | null
  /** The name of the S-57 cell that shows the same chart; null unless it is one of S-101 with a known twin. */
  twin: string | null
}

/** Whether another cell, which shows the same chart in the preferred standard, is drawn in place of this one. */
export type IsDisplaced = (cell: TwinCell, accountId: number | null) => boolean

/**
 * Finds the cells that are not drawn because their twin is, which shows the same chart in the preferred standard (PREFER_STANDARD). Which
 * one is drawn follows from the preference and from what an account sees alone, so that neither the order of uploads nor a later update
 * changes it.
 */
export function displacedTwins(cells: readonly TwinCell[], prefer: Standard): IsDisplaced {
  /** Owners of the twins that displace a cell; null for a public one. */
  const displacing = new Map<TwinCell, (number | null)[]>()
  const successors = cells.filter(({ twin }) => twin !== null)
  if (successors.length === 0) return () => false
  const byName = new Map<string, TwinCell[]>()
  for (const cell of cells) {
    if (cell.twin !== null) continue
    const same = byName.get(cell.name)
    if (same === undefined) byName.set(cell.name, [cell])
    else same.push(cell)
  }
  for (const successor of successors) {
    for (const older of byName.get(successor.twin ?? '') ?? []) {
      const [drawn, hidden] = prefer === 's101' ? [successor, older] : [older, successor]
      const owners = displacing.get(hidden)
      if (owners === undefined) displacing.set(hidden, [drawn.accountId])
      else owners.push(drawn.accountId)
    }
  }
  return (cell, accountId) => displacing.get(cell)?.some((owner) => owner === null || owner === accountId) ?? false
}
