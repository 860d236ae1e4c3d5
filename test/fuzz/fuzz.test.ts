import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { makeCase } from './make-case.ts'
import { MUTATIONS } from './mutate.ts'
import { runCase } from './run-case.ts'
import { runFuzz } from './run-fuzz.ts'
import { seedFiles } from './seed-files.ts'

// A short run of `npm run fuzz`; docs/s57.md has the figures of a long one.

describe('fuzz cases', () => {
  const files = seedFiles()

  test('every seed file is read or refused as expected', () => {
    for (const seed of files) assert.equal(runCase(seed, seed.bytes).kind, seed.expected, seed.name)
  })

  test('equal seeds give equal cases, and different seeds different ones', () => {
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    const made = (seed: number, from = files) => Array.from({ length: 40 }, (_, i) => digest(makeCase(seed, i, from).bytes))
    assert.deepEqual(made(3), made(3, seedFiles()))
    assert.notDeepEqual(made(3), made(4))
  })

  test('the cases of a file flip each of its bytes in turn', () => {
    const total = files.reduce((sum, { weight }) => sum + weight, 0)
    const [first] = files
    const rounds = Math.ceil(first!.bytes.length / first!.weight)
    const flipped = new Set<number>()
    for (let turn = 0; turn < rounds * total; turn++) {
      if (turn % total >= first!.weight) continue
      const { bytes } = makeCase(1, turn * 2, files)
      flipped.add(bytes.findIndex((byte, i) => byte !== first!.bytes[i]))
    }
    assert.equal(flipped.size, first!.bytes.length)
  })
})

test('mutated files are read or refused with a documented error', async () => {
  const report = await runFuzz({ seed: 7, cases: 1000, memoryEvery: 15 })
  assert.deepEqual(report.faults, [])
  assert.equal(report.read + report.refused, 1000)
  assert.ok(report.read > 100 && report.refused > 100, `${report.read} read, ${report.refused} refused`)
  assert.deepEqual(Object.keys(report.byMutation).toSorted(), [...MUTATIONS].toSorted())
  assert.equal(Object.keys(report.byTarget).length, 10)
  assert.ok(report.memory.kept > 0, 'no memory was measured')
})
