import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeTiles } from './tile-json.ts'

test('every field of the tiles has a type that TileJSON clients know', () => {
  const { vector_layers } = describeTiles('https://example.test/{z}/{x}/{y}', '1', '')
  const types = new Set(vector_layers.flatMap(({ fields }) => Object.values(fields)))
  assert.deepEqual([...types].toSorted(), ['Boolean', 'Number', 'String'])
})
