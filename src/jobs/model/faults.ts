/**
 * Named points at which tests stop or kill the process. Where both sides of a commit matter, `in-` is the last moment before it and
 * `after-` the first moment after it.
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

/** Passed by tests only; elsewhere it is undefined and `faults?.hit()` does nothing. */
export interface Faults {
  /** Waits until the test continues, throws, or kills the process. */
  hit(point: FaultPoint): void | Promise<void>
}
