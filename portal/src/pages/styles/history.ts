/** The steps of an edit. */
export interface History<T> {
  past: readonly T[]
  present: T
  future: readonly T[]
  /** What changes now: further changes of the same thing are one step. Null after a step has ended. */
  open: string | null
}

/** Steps that can be undone. */
export const MOST_STEPS = 100

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], open: null }
}

/** @param key names what is changed, such as the colour that a slider drags; null is a step of its own. */
export function step<T>(history: History<T>, next: T, key: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history
  const merges = key !== null && key === history.open
  const past = merges ? history.past : [...history.past, history.present].slice(-MOST_STEPS)
  return { past, present: next, future: [], open: key }
}

/** Ends the present step: the next change is another one. */
export function endStep<T>(history: History<T>): History<T> {
  return history.open === null ? history : { ...history, open: null }
}

export function undo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const [last] = past.slice(-1)
  if (last === undefined) return { past, present, future, ...rest }
  return { past: past.slice(0, -1), present: last, future: [present, ...future], open: null }
}

export function redo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const [next, ...later] = future
  if (next === undefined) return { past, present, future, ...rest }
  return { past: [...past, present].slice(-MOST_STEPS), present: next, future: later, open: null }
}
