import type { DepthProfile, DepthSample } from './chart-feature.ts'

/** A run of samples drawn as one piece: all with a depth, and all on one side of the safety depth. */
export interface DepthRun {
  shallow: boolean
  /** Distance and depth of each corner, metres: the bottom drawn in steps, each sample level. */
  corners: { distance: number; depth: number }[]
}

/** The bottom as steps, cut where the depth is unknown and where it crosses the safety depth. */
export function runsOf(samples: readonly DepthSample[], safety: number): DepthRun[] {
  const runs: DepthRun[] = []
  let end: number | null = null
  for (const { distance, until, shoalest } of samples) {
    if (shoalest === null) {
      end = null
      continue
    }
    const shallow = shoalest < safety
    const last = runs.at(-1)
    const corners = [
      { distance, depth: shoalest },
      { distance: until, depth: shoalest },
    ]
    if (last !== undefined && end === distance && last.shallow === shallow) last.corners.push(...corners)
    else runs.push({ shallow, corners })
    end = until
  }
  return runs
}

/** A stretch whose depths come from one chart. */
export interface ChartBand {
  from: number
  to: number
  cell: string
  scale: number
}

export function bandsOf(samples: readonly DepthSample[]): ChartBand[] {
  const bands: ChartBand[] = []
  for (const { distance, until, source } of samples) {
    if (source === null) continue
    const last = bands.at(-1)
    if (last !== undefined && last.cell === source.cell && last.to === distance) last.to = until
    else bands.push({ from: distance, to: until, cell: source.cell, scale: source.scale })
  }
  return bands
}

/** Depths from the top to the foot of the drawing, metres: all known depths, the safety depth, the waterline, and some margin. */
export function depthSpan({ samples, dangers }: DepthProfile, safety: number): { top: number; foot: number } {
  const known = [...samples.map(({ shoalest }) => shoalest), ...dangers.map(({ depth }) => depth)].filter(
    (depth) => depth !== null,
  )
  const least = Math.min(0, ...known)
  const greatest = Math.max(safety, 1, ...known)
  return { top: least < 0 ? least * 1.1 : 0, foot: greatest + (greatest - least) * 0.1 }
}

/** Round numbers from `least` to `most`, about as many as wanted. */
export function ticksOf(least: number, most: number, wanted: number): number[] {
  const span = most - least
  if (!(span > 0)) return []
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const ticks: number[] = []
  for (let tick = Math.ceil(least / step - 1e-9); tick * step <= most + step * 1e-9; tick++)
    ticks.push(Number((tick * step).toPrecision(12)))
  return ticks
}

/** The sample at a distance; the last one at the end of the line. */
export function sampleAt(samples: readonly DepthSample[], distance: number): DepthSample | null {
  return samples.find(({ until }) => distance < until) ?? samples.at(-1) ?? null
}

/** Joins samples that say the same, so that a table is short enough to be read out. */
export function summaryOf(samples: readonly DepthSample[]): DepthSample[] {
  const rows: DepthSample[] = []
  for (const sample of samples) {
    const last = rows.at(-1)
    const same =
      last !== undefined &&
      last.shoalest === sample.shoalest &&
      last.deepest === sample.deepest &&
      last.source?.cell === sample.source?.cell &&
      last.unknowns.join() === sample.unknowns.join()
    if (same) rows[rows.length - 1] = { ...last, until: sample.until }
    else rows.push(sample)
  }
  return rows
}
