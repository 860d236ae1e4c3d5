import { isSmallMachine } from '#lib/small-machine.ts'

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

/**
 * Whether a thread is there for small plans beside those that draw. On a small machine two threads are enough: a plan is the next task of
 * either, and a third one takes 35 MB and time on two cores from the others.
 *
 * @param machineBytes memory this process may use.
 */
export function hasSpareThread(machineBytes: number, threads: number): boolean {
  return threads < 2 || !isSmallMachine(machineBytes)
}
