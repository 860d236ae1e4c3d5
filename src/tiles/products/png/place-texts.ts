import type { SymbolItem } from './symbol-item.ts'

/** Pixels around a text within which others decide whether it is drawn. */
const PLACEMENT_REACH = 240
const CELL = 128

interface Candidate {
  item: SymbolItem
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Decides which texts are drawn. A text gives way to one that comes first (a higher layer, a lower sort key, an earlier turn) and overlaps it, unless that
 * one gives way itself. Only texts whose anchors lie within `PLACEMENT_REACH` of its own count, so two metatiles that both see a text with
 * its surroundings always agree.
 *
 * @param items in paint order.
 * @returns whether a text is drawn.
 */
export function placeTexts(items: readonly SymbolItem[]): (item: SymbolItem) => boolean {
  const candidates = rank(items)
  const rivals = rivalsOf(candidates)
  const ranks = new Map(candidates.map(({ item }, index) => [item, index]))
  const decided = new Map<SymbolItem, boolean>()

  function isPlaced(index: number, root: SymbolItem, known: Map<number, boolean>): boolean {
    const before = known.get(index)
    if (before !== undefined) return before
    const result = !rivals(index).some((rival) => isNear(candidates[rival]?.item, root) && isPlaced(rival, root, known))
    known.set(index, result)
    return result
  }

  return (item) => {
    if (item.text === null) return false
    const index = ranks.get(item)
    if (index === undefined) return item.text.isFree
    const before = decided.get(item)
    if (before !== undefined) return before
    const result = isPlaced(index, item, new Map())
    decided.set(item, result)
    return result
  }
}

function isNear(item: SymbolItem | undefined, { x, y }: SymbolItem): boolean {
  return item !== undefined && Math.abs(item.x - x) <= PLACEMENT_REACH && Math.abs(item.y - y) <= PLACEMENT_REACH
}

/** The texts that collide, the first in the order of placement first. */
function rank(items: readonly SymbolItem[]): Candidate[] {
  return items
    .toSorted((a, b) => b.layer - a.layer || a.sortKey - b.sortKey || a.turn - b.turn)
    .flatMap((item) => {
      if (item.text === null || item.text.isFree) return []
      const { padding, shape } = item.text
      const { x, y } = item
      return [
        {
          item,
          left: x + shape.left - padding,
          top: y + shape.top - padding,
          right: x + shape.right + padding,
          bottom: y + shape.bottom + padding,
        },
      ]
    })
}

/** The candidates before a candidate that overlap it. */
function rivalsOf(candidates: readonly Candidate[]): (index: number) => readonly number[] {
  const grid = new Map<string, number[]>()
  const cellsOf = ({ left, top, right, bottom }: Candidate) => {
    const cells: string[] = []
    for (let y = Math.floor(top / CELL); y * CELL <= bottom; y++) {
      for (let x = Math.floor(left / CELL); x * CELL <= right; x++) cells.push(`${x} ${y}`)
    }
    return cells
  }
  for (const [index, candidate] of candidates.entries()) {
    for (const cell of cellsOf(candidate)) {
      const there = grid.get(cell)
      if (there === undefined) grid.set(cell, [index])
      else there.push(index)
    }
  }
  const known = new Map<number, readonly number[]>()
  return (index) => {
    const before = known.get(index)
    const own = candidates[index]
    if (before !== undefined || own === undefined) return before ?? []
    const found = new Set<number>()
    for (const cell of cellsOf(own)) {
      for (const other of grid.get(cell) ?? []) {
        const rival = candidates[other]
        if (other < index && rival !== undefined && overlap(own, rival)) found.add(other)
      }
    }
    const rivals = [...found].sort((a, b) => a - b)
    known.set(index, rivals)
    return rivals
  }
}

function overlap(a: Candidate, b: Candidate): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
