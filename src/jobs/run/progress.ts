export interface Progress {
  /** A step began or went on: the share of it that is done, 0 to 1. */
  set(step: string, fraction: number): void
  /** Adds a step that was not known in advance. */
  add(step: string, weight: number): void
  /** Whole per cent of the job, 0 to 99: 100 belongs to a completed job alone. Never lower than before. */
  percent(): number
}

/**
 * Progress of a job as the weighted mean of its steps.
 *
 * @param steps the steps with their weights and the share done so far.
 * @param floor what the row already shows: a new attempt, or a step that turns up late, must not make it fall.
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
