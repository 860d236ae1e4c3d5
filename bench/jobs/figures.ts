/** The value below which this share of the times lies; of sorted or unsorted milliseconds. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const shown = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 2 : 1).padStart(7)
