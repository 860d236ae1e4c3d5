/** Below this many bytes a machine counts as small, as in `bin/hand-over.mjs`: a board of 2 GB. */
const SMALL = 3 * 2 ** 30

/**
 * How much memory cached tiles may take: a 64th of the machine's, 256 MB at most. On a small machine it is half of that, 16 MB of 2 GB, for
 * some thousand tiles; the system keeps the files of others in memory that nothing else needs. 8 MB at least.
 *
 * @param machineBytes memory this process may use.
 */
export function tileMemoryBudget(machineBytes: number): number {
  const share = machineBytes < SMALL ? 128 : 64
  return Math.min(Math.max(Math.floor(machineBytes / share), 8 * 2 ** 20), 256 * 2 ** 20)
}
