import { isSmallMachine } from '#lib/small-machine.ts'

/**
 * How much memory cached tiles may take: a 64th of the machine's, 256 MB at most. On a small machine it is half of that, 16 MB of 2 GB, for
 * some thousand tiles; the system keeps the files of others in memory that nothing else needs. 8 MB at least.
 *
 * @param machineBytes memory this process may use.
 */
export function tileMemoryBudget(machineBytes: number): number {
  const share = isSmallMachine(machineBytes) ? 128 : 64
  return Math.min(Math.max(Math.floor(machineBytes / share), 8 * 2 ** 20), 256 * 2 ** 20)
}
