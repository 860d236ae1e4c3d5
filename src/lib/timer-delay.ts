/** The longest delay of a Node timer, in milliseconds: a longer one overflows, prints a warning and fires after 1 ms. */
const LONGEST_DELAY = 2 ** 31 - 1

/**
 * Makes a computed delay safe for `setTimeout`, `setInterval` and pg-boss: whole milliseconds from 0 to 2^31 - 1 (24 days). A delay that is
 * not a number becomes 0. Callers that wait for a later moment check the time again when the timer fires.
 */
export function timerDelay(milliseconds: number): number {
  return milliseconds > 0 ? Math.min(LONGEST_DELAY, Math.ceil(milliseconds)) : 0
}
