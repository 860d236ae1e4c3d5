/** The most plans that are remembered, whatever the memory. */
export const MOST_PLANS = 20_000

/** A plan takes about a kilobyte, so all of them a quarter of a percent of the memory. */
const PER_GIGABYTE = 2_500

/**
 * How many plans may be remembered: 5,000 on a board of 2 GB, the tiles of some hundred maps; 20,000 from 8 GB.
 *
 * @param machineBytes memory this process may use.
 */
export function plansInMemory(machineBytes: number): number {
  return Math.min(MOST_PLANS, Math.ceil((machineBytes / 2 ** 30) * PER_GIGABYTE))
}
