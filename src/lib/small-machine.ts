/** Whether a machine counts as small, such as a board of 2 GB: it has smaller caches and fewer threads. `bin/hand-over.mjs` has the same limit. */
export function isSmallMachine(machineBytes: number): boolean {
  return machineBytes < 3 * 2 ** 30
}
