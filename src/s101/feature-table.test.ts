import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FeatureTable } from './feature-table.ts'
import type { FeatureRecord } from './records.ts'

const feature = (id: number, type = 'Wreck'): FeatureRecord => ({
  ...{ id, type, version: 1, instruction: 1, agency: 560, featureId: id, featureSubdivision: 1 },
  ...{ field: null, moreFields: null, edited: null, information: null, associations: null, spatial: null, masks: null },
  ...{ assembled: false, place: 0 },
})

function tableOf(...ids: number[]): FeatureTable {
  const table = new FeatureTable()
  for (const id of ids) table.set(id, feature(id))
  return table
}
const orderOf = (table: FeatureTable) => table.inOrder.map((record) => record?.id ?? null)

describe('the features of a dataset', () => {
  test('keep the order of the file, which is not that of their numbers', () => {
    assert.deepEqual(orderOf(tableOf(7, 2, 4_000_000_000, 5)), [7, 2, 4_000_000_000, 5])
  })

  test('are found by number, the largest of four bytes included', () => {
    const table = tableOf(1, 0xffff_ffff)
    assert.equal(table.get(0xffff_ffff)?.featureId, 0xffff_ffff)
    assert.equal(table.get(2), undefined)
    assert.equal(table.size, 2)
  })

  test('that an update inserts come behind those of the base', () => {
    const table = tableOf(3, 9)
    table.set(1, feature(1))
    assert.deepEqual(orderOf(table), [3, 9, 1])
  })

  test('that occur twice stay in the place of the first with the content of the second', () => {
    const table = tableOf(3, 9, 4)
    table.set(9, feature(9, 'LightHouse'))
    assert.deepEqual(orderOf(table), [3, 9, 4])
    assert.equal(table.get(9)?.type, 'LightHouse')
    assert.equal(table.size, 3)
  })

  test('that an update deletes leave a hole, so that nothing else moves', () => {
    const table = tableOf(3, 9, 4)
    table.delete(9)
    assert.deepEqual(orderOf(table), [3, null, 4])
    assert.deepEqual([table.get(9), table.size], [undefined, 2])
  })

  test('may take the number of a deleted one, for another class, and then come last', () => {
    const table = tableOf(3, 9, 4)
    table.delete(9)
    table.set(9, feature(9, 'Building'))
    assert.deepEqual(orderOf(table), [3, null, 4, 9])
    assert.deepEqual([table.get(9)?.type, table.size], ['Building', 3])
  })

  test('that are not there can be deleted without effect', () => {
    const table = tableOf(3)
    table.delete(8)
    assert.deepEqual([orderOf(table), table.size], [[3], 1])
  })
})
