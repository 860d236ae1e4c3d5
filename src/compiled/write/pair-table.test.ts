import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '#demo/noise.ts'
import { createPairTable } from './pair-table.ts'

test('a table of pairs returns what a Map does, while it grows and after it is cleared', () => {
  const random = createRandom(7)
  const table = createPairTable()
  for (let round = 0; round < 3; round++) {
    const expected = new Map<string, number>()
    for (let i = 0; i < 5_000; i++) {
      const [a, b] = [Math.floor((random() - 0.5) * 200), Math.floor((random() - 0.5) * 2 ** 32)]
      assert.equal(table.get(a, b), expected.get(`${a} ${b}`) ?? -1)
      table.set(a, b, i)
      expected.set(`${a} ${b}`, i)
    }
    for (const [pair, value] of expected) {
      const [a = 0, b = 0] = pair.split(' ').map(Number)
      assert.equal(table.get(a, b), value)
    }
    table.clear()
    assert.equal(table.get(1, 1), -1)
  }
})
