/** The value below which this share of the times lies. The times need not be sorted. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Milliseconds as text, aligned in a column. */
export const shown = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 2 : 1).padStart(7)
