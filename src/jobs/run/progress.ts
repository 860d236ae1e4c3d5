/** A job's progress from that of its steps. */
export interface Progress {
  /** Sets how much of a step is done, from 0 to 1; never goes back. */
  set(step: string, fraction: number): void
  /** Adds a step that the job type does not list. */
  add(step: string, weight: number): void
  /** Whole per cent of the job, 0 to 99 (only a completed job has 100). Never falls. */
  percent(): number
}

/**
 * Progress of a job as the weighted mean of its steps.
 *
 * @param steps the steps with their weights and how much of each is done.
 * @param floor the per cent the row already shows: neither a new attempt nor a late step may lower it.
 */
export function createProgress(steps: readonly { name: string; weight: number; done: number }[], floor: number): Progress {
  const shares = new Map(steps.map((step) => [step.name, { weight: step.weight, done: step.done }]))
  let shown = Math.min(99, Math.max(0, floor))
  return {
    set(step, fraction) {
      const share = shares.get(step)
      if (share && fraction > share.done) share.done = Math.min(1, fraction)
    },
    add(step, weight) {
      if (!shares.has(step)) shares.set(step, { weight, done: 0 })
    },
    percent() {
      let total = 0
      let done = 0
      for (const share of shares.values()) {
        total += share.weight
        done += share.weight * share.done
      }
      if (total > 0) shown = Math.max(shown, Math.min(99, Math.floor((100 * done) / total + 1e-9)))
      return shown
    },
  }
}
