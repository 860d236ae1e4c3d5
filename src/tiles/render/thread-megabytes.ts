const MEGABYTE = 2 ** 20

/**
 * Megabytes of heap for each drawing thread: an eighth of the machine's memory for all of them, 96 to 192 each, so 128 for each of
 * two on a board of 2 GB. All tiles of `npm run bench -- tiles` can be drawn with 96 (`--memory 96`).
 *
 * @param machineBytes memory this process may use.
 */
export function threadMegabytes(machineBytes: number, threads: number): number {
  return Math.min(192, Math.max(96, Math.floor(machineBytes / 8 / threads / MEGABYTE)))
}
