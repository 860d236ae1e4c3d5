import { Worker } from 'node:worker_threads'
import type { FuzzOrder, FuzzTally } from './fuzz-worker.ts'

/** The results of a run. */
export interface FuzzReport extends Omit<FuzzTally, 'next'> {
  cases: number
  seconds: number
}

export interface FuzzOptions {
  seed: number
  cases: number
  /** The beginning of the targets to take cases from, by default all. */
  only?: string
  /** The first case, by default 0. */
  from?: number
  memoryEvery?: number
  /** Milliseconds after which a case counts as hung and its thread is terminated. */
  hangAfter?: number
  /** Limit of the thread's old space in megabytes; a case that exceeds it is a fault. */
  megabytes?: number
  onProgress?: (done: number) => void
}

/**
 * Runs cases sequentially in a thread with a memory limit. A thread that hangs or dies is replaced and its case counts as a fault, so
 * one bad case does not hide the next.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, cases, only = '', from = 0, memoryEvery = 50, hangAfter = 20_000, megabytes = 256, onProgress } = options
  const started = performance.now()
  const to = from + cases
  const report: FuzzReport = {
    cases,
    seconds: 0,
    read: 0,
    refused: 0,
    byTarget: {},
    byMutation: {},
    faults: [],
    slowest: { index: -1, milliseconds: 0, bytes: 0 },
    slow: 0,
    memory: { index: -1, kept: 0, bytes: 1 },
  }
  let next = from
  const skip: number[] = []
  while (next < to) {
    const progress = new Int32Array(new SharedArrayBuffer(4))
    Atomics.store(progress, 0, -1)
    const order: FuzzOrder = { seed, only, from: next, to, skip, memoryEvery, progress }
    const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    let died: unknown = null
    worker.on('error', (error) => {
      died = error
    })
    worker.on('message', (tally: FuzzTally) => {
      add(report, tally)
      next = tally.next
      onProgress?.(next - from)
    })
    let seen = -2
    let since = performance.now()
    const watch = setInterval(() => {
      const at = Atomics.load(progress, 0)
      if (at !== seen || at === -1) {
        seen = at
        since = performance.now()
      } else if (performance.now() - since > hangAfter) {
        died = new Error(`it was still running after ${hangAfter} ms`)
        void worker.terminate()
      }
    }, 100)
    await new Promise((resolve) => worker.once('exit', resolve))
    clearInterval(watch)
    if (next >= to) break
    // Runs the cases since the last message again, except the one at fault.
    const culprit = Atomics.load(progress, 0)
    if (culprit === -1) throw died instanceof Error ? died : new Error('the thread ended before its first case')
    report.faults.push({ index: culprit, what: `the thread ended: ${died instanceof Error ? died.message : String(died)}` })
    skip.push(culprit)
  }
  report.seconds = (performance.now() - started) / 1000
  return report
}

function add(report: FuzzReport, tally: FuzzTally): void {
  report.read += tally.read
  report.refused += tally.refused
  report.slow += tally.slow
  report.faults.push(...tally.faults)
  for (const [key, count] of Object.entries(tally.byTarget)) report.byTarget[key] = (report.byTarget[key] ?? 0) + count
  for (const [key, count] of Object.entries(tally.byMutation)) report.byMutation[key] = (report.byMutation[key] ?? 0) + count
  const ratio = ({ milliseconds, bytes }: FuzzTally['slowest']) => milliseconds / (100 + bytes / 1000)
  if (ratio(tally.slowest) > ratio(report.slowest)) report.slowest = tally.slowest
  if (tally.memory.kept / tally.memory.bytes > report.memory.kept / report.memory.bytes) report.memory = tally.memory
}
