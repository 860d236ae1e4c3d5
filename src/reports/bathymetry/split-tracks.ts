import { FIELDS, SOUNDING_BYTES } from './packed-soundings.ts'

/** Soundings of an upload that belong to one track: those from `start` up to, and without, `end`. */
export interface Segment {
  start: number
  end: number
  /** Whether they continue the open track. */
  appends: boolean
}

export interface SplitOptions {
  /** Packed soundings in the order of their times. */
  numbers: Float64Array
  /** Longest time between two soundings of a track, in milliseconds. */
  gap: number
  /** Most soundings of a track. */
  maximumPoints: number
  /** The track that the first soundings may continue. */
  open: { pointCount: number; endTime: number } | null
}

/** Divides soundings into tracks: at gaps, and where a track would become too large. */
export function splitTracks({ numbers, gap, maximumPoints, open }: SplitOptions): Segment[] {
  const count = numbers.length / FIELDS
  const timeOf = (i: number) => numbers[i * FIELDS + FIELDS - 1] ?? 0
  const continues = open !== null && fits(timeOf(0) - open.endTime, gap) && open.pointCount < maximumPoints
  const segments: Segment[] = []
  let room = continues ? maximumPoints - open.pointCount : maximumPoints
  let start = 0
  for (let i = 1; i <= count; i++) {
    if (i < count && i - start < room && timeOf(i) - timeOf(i - 1) <= gap) continue
    segments.push({ start, end: i, appends: continues && start === 0 })
    start = i
    room = maximumPoints
  }
  return segments
}

function fits(passed: number, gap: number): boolean {
  return passed >= 0 && passed <= gap
}

/** The most soundings of a track whose row stays within this number of bytes, labels included; at least one. */
export function pointsWithin(maximumBytes: number, labels: object): number {
  return Math.max(1, Math.floor((maximumBytes - JSON.stringify(labels).length) / SOUNDING_BYTES))
}
