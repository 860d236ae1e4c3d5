/** A stretch of time, in milliseconds since the Unix epoch. */
export interface Stretch {
  from: number
  to: number
}

/** A gap in which nothing ran, drawn narrow. Positions are shares of the width, from 0 to 1. */
export interface Fold extends Stretch {
  left: number
  right: number
}

export interface TimeAxis {
  /** The place of a time, from 0 to 1. */
  place(time: number): number
  folds: readonly Fold[]
  ticks: readonly { time: number; place: number }[]
  /** Whether ticks are less than a minute apart, so that their labels need seconds. */
  needsSeconds: boolean
}

/** A gap wider than this share of the axis is folded to the width of `FOLDED`. */
const WIDEST_GAP = 0.2
const FOLDED = 0.05
/** The shortest time an axis spans, so that a job of milliseconds has a readable one. */
const SHORTEST = 1_000

/**
 * An axis from one time to another. Long gaps in which nothing ran are folded, so that minutes of work stay readable beside hours of
 * waiting.
 * @param busy stretches in which something ran, in any order; they may overlap.
 */
export function createTimeAxis(from: number, to: number, busy: readonly Stretch[]): TimeAxis {
  const end = Math.max(to, from + SHORTEST)
  const gaps = gapsBetween(from, end, busy)
  const wide = foldable(gaps, end - from)
  const shownTime = end - from - wide.reduce((sum, gap) => sum + gap.to - gap.from, 0)
  const scale = (1 - FOLDED * wide.length) / Math.max(1, shownTime)
  const folds: Fold[] = []
  let left = 0
  let time = from
  for (const gap of wide) {
    left += (gap.from - time) * scale
    folds.push({ ...gap, left, right: left + FOLDED })
    left += FOLDED
    time = gap.to
  }

  function place(at: number): number {
    const inside = Math.min(Math.max(at, from), end)
    let x = 0
    let since = from
    for (const fold of folds) {
      if (inside <= fold.from) break
      if (inside < fold.to) return fold.left + ((inside - fold.from) / (fold.to - fold.from)) * FOLDED
      x = fold.right
      since = fold.to
    }
    return x + (inside - since) * scale
  }

  const step = tickStep(1 / scale)
  return { place, folds, ticks: ticksOf(from, end, step, place, folds), needsSeconds: step < 60_000 }
}

function gapsBetween(from: number, to: number, busy: readonly Stretch[]): Stretch[] {
  const gaps: Stretch[] = []
  let reached = from
  for (const stretch of busy.toSorted((a, b) => a.from - b.from)) {
    if (stretch.from > reached) gaps.push({ from: reached, to: stretch.from })
    reached = Math.max(reached, stretch.to)
  }
  if (to > reached) gaps.push({ from: reached, to })
  return gaps
}

/** The gaps to fold. Folding one makes the others relatively wider, so the shares are of the time that remains. */
function foldable(gaps: readonly Stretch[], span: number): Stretch[] {
  const folded = new Set<Stretch>()
  let remaining = span
  for (const gap of gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    const length = gap.to - gap.from
    // Enough must remain to look at.
    if (length < WIDEST_GAP * remaining || remaining - length < SHORTEST / 4 || length < 10_000) break
    folded.add(gap)
    remaining -= length
  }
  return gaps.filter((gap) => folded.has(gap))
}

/** The label of a tick is to the right of it, and must end within the card. */
const LAST_TICK = 0.92

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400].map(
  (s) => s * 1_000,
)

/** @param fullWidth the time that the whole axis would span at its scale. */
function tickStep(fullWidth: number): number {
  return STEPS.find((each) => fullWidth / each <= 7) ?? Math.ceil(fullWidth / 7 / 86_400_000) * 86_400_000
}

function ticksOf(from: number, to: number, step: number, place: (time: number) => number, folds: readonly Fold[]) {
  const ticks: { time: number; place: number }[] = []
  let last = -1
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const fold = folds.find((each) => time > each.from && time < each.to)
    if (fold !== undefined) {
      time = Math.floor(fold.to / step) * step
      continue
    }
    const at = place(time)
    if (at - last < 0.08 || at > LAST_TICK) continue
    ticks.push({ time, place: at })
    last = at
  }
  return ticks
}
