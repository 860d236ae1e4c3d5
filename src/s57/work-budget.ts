/** Where in a cell the work is done, for the error. */
export interface WorkPlace {
  record: string
  field: string
}

/** An allowance of work for a whole cell. */
export interface WorkBudget {
  /** Spends `amount` steps; throws when fewer are left. */
  spend(amount: number): void
  /** The same budget for work at this place, which the error names when the budget runs out. */
  at(place: WorkPlace): WorkBudget
}

/** A budget of `steps`; `exhausted` creates the error that is thrown when it runs out. */
export function createWorkBudget(steps: number, exhausted: (place: WorkPlace) => Error): WorkBudget {
  let left = steps
  let place: WorkPlace = { record: 'record 2', field: 'DSID' }
  const budget: WorkBudget = {
    spend(amount) {
      left -= amount
      if (left < 0) throw exhausted(place)
    },
    at(next) {
      place = next
      return budget
    },
  }
  return budget
}
