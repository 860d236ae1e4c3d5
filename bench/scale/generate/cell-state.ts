import { createRandom } from '#demo/noise.ts'
import { BAND_PLANS } from './band-plans.ts'
import type { MirrorPlan, PlannedCell } from './planned-cell.ts'

/** Cells that change on each day after the first. */
const CHANGED_PER_DAY = 50
const FIRST_DAY = Date.UTC(2026, 0, 5)
const DAY = 86_400_000

/** Edition and updates of a cell on a day. */
export interface CellState {
  edition: number
  updates: number
  /** New editions since day 1: each has ground that differs a little, and every second one another box. */
  revised: number
  /** The day of its last change. */
  changed: number
}

/** The cells that change on a day (2 and on), spread over the bands as the cells are, at least one of each band. */
export function changedOn({ cells, seed }: MirrorPlan, day: number): PlannedCell[] {
  if (day < 2) return []
  const random = createRandom(seed * 1_000 + day)
  const wanted = Math.min(CHANGED_PER_DAY, cells.length)
  const perBand = BAND_PLANS.map(({ band }) => cells.filter((cell) => cell.band === band))
  const counts = perBand.map(({ length }) => Math.max(1, Math.round((wanted * length) / cells.length)))
  counts[4] = wanted - counts.slice(0, 4).reduce((sum, count) => sum + count, 0)
  return perBand.flatMap((members, i) => {
    const left = [...members]
    return Array.from({ length: Math.min(left.length, counts[i] ?? 0) }, () =>
      left.splice(Math.floor(random() * left.length), 1),
    ).flat()
  })
}

/** States of all cells on a day, by index. Of the cells that change, every second gets a new edition, the others an update. */
export function statesOn(plan: MirrorPlan, day: number): CellState[] {
  const states = plan.cells.map(({ edition, updates }): CellState => ({ edition, updates, revised: 0, changed: 1 }))
  for (let each = 2; each <= day; each++) {
    for (const [i, { index }] of changedOn(plan, each).entries()) {
      const state = states[index]
      if (state === undefined) continue
      state.changed = each
      if (i % 2 === 1) state.updates++
      else {
        state.edition = state.edition === 99 ? 10 : state.edition + 1
        state.updates = 0
        state.revised++
      }
    }
  }
  return states
}

/** `YYYY-MM-DD` of a day of the mirror. */
export function dateOf(day: number): string {
  return new Date(FIRST_DAY + (day - 1) * DAY).toISOString().slice(0, 10)
}
