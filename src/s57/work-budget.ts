/** An allowance of work for a whole cell. */
export interface WorkBudget {
  /** Takes `amount` steps off; throws when there are not so many left. */
  spend(amount: number): void
}

/** A budget of `steps`; `exhausted` makes the error to throw when it runs out. */
export function createWorkBudget(steps: number, exhausted: () => Error): WorkBudget {
  let left = steps
  return {
    spend(amount) {
      left -= amount
      if (left < 0) throw exhausted()
    },
  }
}
