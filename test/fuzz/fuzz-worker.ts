import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { makeCase } from './make-case.ts'
import { runCase } from './run-case.ts'
import { seedFiles } from './seed-files.ts'

/** What the thread is asked to do. */
export interface FuzzOrder {
  seed: number
  from: number
  to: number
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

/** The rule is a second a megabyte; a tenth of a second is for the garbage of the cases before. */
const allowance = (bytes: number) => 100 + bytes / 1000

// The first cases of a thread also pay for compiling the code.
for (let index = 0; index < 50; index++) {
  const { seed, bytes } = makeCase(0, index, files)
  runCase(seed, bytes)
}

let tally = fresh(order.from)
for (let index = order.from; index < order.to; index++) {
  Atomics.store(order.progress, 0, index)
  const { seed, bytes, mutations } = makeCase(order.seed, index, files)
  const size = seed.before.reduce((sum, file) => sum + file.bytes.length, bytes.length)
  const measured = index % order.memoryEvery === 0
  const before = measured ? inUse() : 0
  const started = processorTime()
  const result = runCase(seed, bytes)
  const milliseconds = processorTime() - started
  if (measured && result.kind === 'read' && result.kept !== null) {
    const kept = inUse() - before
    if (kept / Math.max(size, 1) > tally.memory.kept / tally.memory.bytes) tally.memory = { index, kept, bytes: size }
  }
  if (result.kind === 'fault') tally.faults.push({ index, what: `${seed.name} (${mutations.join(', ')}): ${result.what}` })
  else tally[result.kind]++
  tally.byTarget[seed.target] = (tally.byTarget[seed.target] ?? 0) + 1
  for (const mutation of mutations) tally.byMutation[mutation] = (tally.byMutation[mutation] ?? 0) + 1
  if (milliseconds > allowance(size)) tally.slow++
  if (milliseconds / allowance(size) > tally.slowest.milliseconds / allowance(tally.slowest.bytes)) {
    tally.slowest = { index, milliseconds, bytes: size }
  }
  tally.next = index + 1
  if ((index + 1) % 100 === 0 || index + 1 === order.to) {
    parentPort?.postMessage(tally)
    tally = fresh(index + 1)
  }
}
