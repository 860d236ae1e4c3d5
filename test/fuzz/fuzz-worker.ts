import type { Buffer } from 'node:buffer'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { makeCase } from './make-case.ts'
import { runCase } from './run-case.ts'
import { type SeedFile, seedFiles } from './seed-files.ts'

/** What the thread is asked to do. */
export interface FuzzOrder {
  seed: number
  from: number
  to: number
  /** Cases at which a thread before has hung or died. */
  skip: readonly number[]
  /** Cases between two measurements of memory; each takes two collections of garbage. */
  memoryEvery: number
  /** [0] is the case in hand, so that whoever waits knows where it hangs. */
  progress: Int32Array
}

/** What the thread says after every hundred cases and at the end. */
export interface FuzzTally {
  next: number
  read: number
  refused: number
  byTarget: Record<string, number>
  byMutation: Record<string, number>
  faults: { index: number; what: string }[]
  /** Milliseconds of processor time above the allowance of a second a megabyte, for the worst case; negative when it kept it. */
  slowest: { index: number; milliseconds: number; bytes: number }
  slow: number
  memory: { index: number; kept: number; bytes: number }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const order = workerData as FuzzOrder
const files = seedFiles()
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

/** What a cell may keep, in times its files (docs/s57.md). */
const MOST_TIMES = 10

/** The rule is a second a megabyte; a tenth of a second is for the garbage of the cases before. */
const allowance = (bytes: number) => 100 + bytes / 1000

// The first cases of a thread also pay for compiling the code.
for (let index = 0; index < 50; index++) {
  const { seed, bytes } = makeCase(0, index, files)
  runCase(seed, bytes)
}

let tally = fresh(order.from)

function run(index: number): void {
  Atomics.store(order.progress, 0, index)
  const { seed, bytes, mutations } = makeCase(order.seed, index, files)
  const size = seed.before.reduce((sum, file) => sum + file.bytes.length, bytes.length)
  // Odd, so that it falls on flipped bytes and on the other changes by turns.
  const measured = index % (order.memoryEvery | 1) === 0
  const before = measured ? inUse() : 0
  const started = processorTime()
  const result = runCase(seed, bytes)
  const milliseconds = processorTime() - started
  // What decryption gives is as large as its zip says, up to a fixed limit, whatever the file's size. In files under 20 kB the
  // measure sees little but the engine's own comings and goings.
  if (measured && result.kind === 'read' && (seed.target === 'cell' || seed.target === 'update') && size >= 20_000) {
    const most = tally.memory.kept / tally.memory.bytes
    let kept = inUse() - before
    // A figure that would count must hold when it is taken again.
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
