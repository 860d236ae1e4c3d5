import type { DepthAnswer, DepthDanger, DepthGap, DepthSample, DepthSource } from './depth-answer.ts'

/** Most dangers of an answer, the first along the line. */
const MAXIMUM_DANGERS = 1_000

/** The answer for a whole line. */
export interface DepthProfile extends DepthAnswer {
  /** Metres along the rhumb lines. */
  length: number
  /** Where the charts allow the least depth; null where they give none at all. */
  shoalest: { depth: number; distance: number; position: [number, number]; source: DepthSource | null } | null
  /** Only when dangers were left out. */
  truncated?: true
}

/** Joins the answers for the pieces of a line, in their order. */
export function mergeAnswers(pieces: readonly DepthAnswer[], length: number): DepthProfile {
  const samples = pieces.flatMap((piece) => piece.samples)
  const dangers = mergeDangers(pieces)
  const profile: DepthProfile = {
    length: Math.round(length * 10) / 10,
    samples,
    dangers: dangers.slice(0, MAXIMUM_DANGERS),
    gaps: mergeGaps(pieces.flatMap((piece) => piece.gaps)),
    shoalest: shoalestOf(samples),
  }
  return dangers.length > MAXIMUM_DANGERS ? { ...profile, truncated: true } : profile
}

/** A danger beside two pieces counts once, where it lies nearest. */
function mergeDangers(pieces: readonly DepthAnswer[]): DepthDanger[] {
  const nearest = new Map<string, DepthDanger>()
  for (const danger of pieces.flatMap((piece) => piece.dangers)) {
    const known = nearest.get(danger.id)
    if (known === undefined || danger.offset < known.offset) nearest.set(danger.id, danger)
  }
  return [...nearest.values()].sort((a, b) => a.distance - b.distance || a.offset - b.offset || (a.id < b.id ? -1 : 1))
}

/** Joins gaps of one reason that meet or overlap. */
function mergeGaps(gaps: readonly DepthGap[]): DepthGap[] {
  const last = new Map<string, DepthGap>()
  const merged: DepthGap[] = []
  for (const gap of gaps) {
    const before = last.get(gap.reason)
    if (before !== undefined && gap.from <= before.to) {
      before.to = Math.max(before.to, gap.to)
      continue
    }
    const next = { ...gap }
    merged.push(next)
    last.set(gap.reason, next)
  }
  return merged.sort((a, b) => a.from - b.from || a.to - b.to)
}

function shoalestOf(samples: readonly DepthSample[]): DepthProfile['shoalest'] {
  let least: DepthSample | null = null
  for (const sample of samples) {
    if (sample.shoalest !== null && (least === null || sample.shoalest < (least.shoalest ?? Infinity))) least = sample
  }
  if (least === null || least.shoalest === null) return null
  return { depth: least.shoalest, distance: least.distance, position: least.position, source: least.source }
}
