import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RecordTable } from './record-table.ts'

const all = <R>(table: RecordTable<R>): R[] => {
  const found: R[] = []
  table.forEach((record) => {
    found.push(record)
  })
  return found
}

test('a record table behaves like a Map for any numbers in any order', () => {
  const id = fc.oneof(fc.nat(50), fc.nat(20_000), fc.integer({ min: 2 ** 32 - 3, max: 2 ** 32 - 1 }))
  const step = fc.record({ id, remove: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new RecordTable<string>()
      const map = new Map<number, string>()
      for (const [i, { id, remove }] of steps.entries()) {
        if (remove) {
          table.delete(id)
          map.delete(id)
        } else {
          table.set(id, `${id} ${i}`)
          map.set(id, `${id} ${i}`)
        }
        assert.equal(table.get(id), map.get(id))
        assert.equal(table.size, map.size)
      }
      assert.deepEqual(all(table).sort(), [...map.values()].sort())
    }),
    { numRuns: 300, seed: 8211 },
  )
})

test('a large record number allocates no memory', () => {
  const table = new RecordTable<string>()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 1_000; i++) table.set(4_000_000_000 + i, 'far')
  assert.equal(table.get(4_000_000_999), 'far')
  assert.ok(process.memoryUsage().heapUsed - before < 10e6)
})
