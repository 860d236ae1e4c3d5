import type { Buffer } from 'node:buffer'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { makeCase } from './make-case.ts'
import { runCase } from './run-case.ts'
import { type SeedFile, seedFiles } from './seed-files.ts'

/** The task of a fuzz thread. */
export interface FuzzOrder {
  seed: number
  /** The beginning of the targets to take cases from; empty for all. */
  only: string
  from: number
  to: number
  /** Cases at which an earlier thread hung or died. */
  skip: readonly number[]
  /** Cases between two measurements of memory; each measurement needs two garbage collections. */
  memoryEvery: number
  /** [0] is the current case, which tells the main thread where this one hangs. */
  progress: Int32Array
}

/** Results that the thread reports after every hundred cases and at the end. */
export interface FuzzTally {
  next: number
  read: number
  refused: number
  byTarget: Record<string, number>
  byMutation: Record<string, number>
  faults: { index: number; what: string }[]
  /** The case with the most processor time relative to its allowance. */
  slowest: { index: number; milliseconds: number; bytes: number }
  slow: number
  memory: { index: number; kept: number; bytes: number }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const order = workerData as FuzzOrder
const files = seedFiles(order.only)
const none = { index: -1, milliseconds: 0, bytes: 0 }

const fresh = (next: number): FuzzTally => ({
  next,
  read: 0,
  refused: 0,
  byTarget: {},
  byMutation: {},
  faults: [],
  slowest: none,
  slow: 0,
  memory: { index: -1, kept: 0, bytes: 1 },
})
const inUse = () => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
const processorTime = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function keptBy(seed: SeedFile, bytes: Buffer): number {
  const before = inUse()
  const result = runCase(seed, bytes)
  const after = inUse()
  return result.kind === 'read' && result.kept !== null ? after - before : 0
}

/** The memory that a cell may keep, as a multiple of its files (docs/s57.md). */
const MOST_TIMES = 10

/** Milliseconds: one second per megabyte, and a tenth of a second for garbage of earlier cases. */
const allowance = (bytes: number) => 100 + bytes / 1000

// The first cases of a thread would include the time to compile the code.
for (let index = 0; index < 50; index++) {
  const { seed, bytes } = makeCase(0, index, files)
  runCase(seed, bytes)
}

let tally = fresh(order.from)

function run(index: number): void {
  Atomics.store(order.progress, 0, index)
  const { seed, bytes, mutations } = makeCase(order.seed, index, files)
  const size = seed.before.reduce((sum, file) => sum + file.bytes.length, bytes.length)
  // An odd interval alternates between flipped bytes and other changes.
  const measured = index % (order.memoryEvery | 1) === 0
  const before = measured ? inUse() : 0
  const started = processorTime()
  const result = runCase(seed, bytes)
  const milliseconds = processorTime() - started
  // Only cells and updates: the output of decryption depends on the zip, not on the size of the file. Below 20 kB, allocations of the
  // engine dominate the measurement.
  if (measured && result.kind === 'read' && (seed.target === 'cell' || seed.target === 'update') && size >= 20_000) {
    const most = tally.memory.kept / tally.memory.bytes
    let kept = inUse() - before
    // Repeats a new maximum, because a single measurement may include other allocations.
    for (let again = 0; again < 3 && kept / size > most; again++) kept = Math.min(kept, keptBy(seed, bytes))
    if (kept / size > most) tally.memory = { index, kept, bytes: size }
    if (kept > MOST_TIMES * size) tally.faults.push({ index, what: `${seed.name} keeps ${kept} bytes for ${size}` })
  }
  if (result.kind === 'fault') tally.faults.push({ index, what: `${seed.name} (${mutations.join(', ')}): ${result.what}` })
  else tally[result.kind]++
  tally.byTarget[seed.target] = (tally.byTarget[seed.target] ?? 0) + 1
  for (const mutation of mutations) tally.byMutation[mutation] = (tally.byMutation[mutation] ?? 0) + 1
  if (milliseconds > allowance(size)) tally.slow++
  if (milliseconds / allowance(size) > tally.slowest.milliseconds / allowance(tally.slowest.bytes)) {
    tally.slowest = { index, milliseconds, bytes: size }
  }
}

for (let index = order.from; index < order.to; index++) {
  if (!order.skip.includes(index)) run(index)
  tally.next = index + 1
  if ((index + 1) % 100 === 0 || index + 1 === order.to) {
    parentPort?.postMessage(tally)
    tally = fresh(index + 1)
  }
}
