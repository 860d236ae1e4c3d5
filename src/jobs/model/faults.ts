/**
 * The places at which a process may die or a race may turn, by name: tests stop or end the process there. Two names a boundary
 * where both sides of a commit matter: `in-` is the last moment before the commit, `after-` the first one behind it.
 */
export const FAULT_POINTS = [
  'in-enqueue',
  'after-enqueue',
  'before-claim',
  'in-claim',
  'after-claim',
  'after-step-begin',
  'in-step-transaction',
  'after-step-transaction',
  'before-step-complete',
  'after-step-complete',
  'before-settle',
  'in-settle',
  'after-settle',
  'in-put-back',
  'after-put-back',
  'in-fan-out',
  'after-fan-out',
  'in-cancel',
  'after-cancel',
  'in-retry',
  'after-retry',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

/** Handed in by tests only; everywhere else it is undefined and `faults?.hit()` is nothing. */
export interface Faults {
  /** Waits as long as the test wants, throws, or ends the process. */
  hit(point: FaultPoint): void | Promise<void>
}
