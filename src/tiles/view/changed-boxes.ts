import type { WorldBox } from '#geo/world.ts'
import type { RankedCell } from '../quilt/cell-order.ts'
import type { Outline } from './outline.ts'

/** The properties of a visible cell that decide what is drawn where. */
export interface PlacedCell extends RankedCell {
  accountId: number | null
  source: string
  outline: Outline
  overlay: boolean
  twin: string | null
  compiledKey: string
}

/** One change of the cells. */
export interface Change {
  /** The snapshot that it led to. */
  version: number
  /** Where what products are made of may differ since; null for anywhere. */
  boxes: readonly WorldBox[] | null
}

/** Boxes of changes that are remembered: some minutes of a first refresh, and little to search. */
const MOST_BOXES = 4_000

/**
 * Where the charts differ between two snapshots, as far as products are made of them: the boxes of cells that came, went or changed. Null
 * for anywhere: cells without their own coverage and twins have effects beyond their box.
 */
export function changedBoxes(before: readonly PlacedCell[], after: readonly PlacedCell[]): WorldBox[] | null {
  const gone = without(before, after)
  const fresh = without(after, before)
  const successors = new Map(fresh.map((cell) => [nameOf(cell), cell]))
  const same = new Set<PlacedCell>()
  for (const cell of gone) {
    const successor = successors.get(nameOf(cell))
    if (successor === undefined || !isDrawnAlike(cell, successor)) continue
    same.add(cell)
    same.add(successor)
  }
  const changed = [...gone, ...fresh].filter((cell) => !same.has(cell))
  if (changed.length === 0) return []
  const twins = new Set([...before, ...after].flatMap(({ twin }) => twin ?? []))
  if (changed.some(({ name, twin, overlay }) => overlay || twin !== null || twins.has(name))) return null
  return changed.flatMap(({ outline }) => outline.boxes)
}

/** The changes with one more; the oldest are dropped when there are too many. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const all = [...changes, change]
  let boxes = all.reduce((sum, each) => sum + sizeOf(each), 0)
  while (boxes > MOST_BOXES && all.length > 0) boxes -= sizeOf(all.shift()!)
  return all
}

// Even a change without a box costs something, so the number of changes is bounded too.
const sizeOf = ({ boxes }: Change) => 1 + (boxes?.length ?? 0)

function without(cells: readonly PlacedCell[], others: readonly PlacedCell[]): PlacedCell[] {
  const known = new Set(others)
  return cells.filter((cell) => !known.has(cell))
}

const nameOf = ({ name, accountId }: PlacedCell) => `${accountId} ${name}`

/** Whether nothing that decides what is drawn where differs between two states of a cell, such as one that was only read again. */
function isDrawnAlike(a: PlacedCell, b: PlacedCell): boolean {
  return (
    a.compiledKey === b.compiledKey &&
    a.outline === b.outline &&
    a.edition === b.edition &&
    a.update === b.update &&
    a.issueDate === b.issueDate &&
    a.usageBand === b.usageBand &&
    a.scale === b.scale &&
    a.latitude === b.latitude &&
    a.overlay === b.overlay &&
    a.twin === b.twin &&
    a.source === b.source
  )
}
