/**
 * How much memory cached tiles may take: a 64th of the machine's, so 32 MB of a board of 2 GB; 8 MB at least, 256 MB at most.
 *
 * @param machineBytes memory this process may use.
 */
export function tileMemoryBudget(machineBytes: number): number {
  return Math.min(Math.max(Math.floor(machineBytes / 64), 8 * 2 ** 20), 256 * 2 ** 20)
}
