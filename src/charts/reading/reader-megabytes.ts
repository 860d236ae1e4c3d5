const MEGABYTE = 2 ** 20

/** Enough for any chart: NOAA's largest cells need under 32 MB. */
const ENOUGH = 512
/** From this limit on, V8 lets a heap grow to four times what is in use before it collects garbage; below, to less than twice. */
const ROOMY = 2_048

/**
 * Megabytes of heap for each thread that reads cells, as a limit: a thread uses a few dozen. The larger limit applies where half of the
 * machine's memory is enough for all threads: each collection discards optimised code, so with the smaller limit a cell takes half as much
 * processor time again.
 * @param machineBytes memory this process may use.
 */
export function readerMegabytes(machineBytes: number, threads: number): number {
  return threads * ROOMY * MEGABYTE <= machineBytes / 2 ? ROOMY : ENOUGH
}
