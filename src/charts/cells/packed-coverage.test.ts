import assert from 'node:assert/strict'
import { test } from 'node:test'
import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { coverageBytes, coverageFromBytes, packCoverage } from './packed-coverage.ts'

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]

test('a coverage comes back from its bytes, wherever they lie in memory', () => {
  const packed = packCoverage([[square(10, 50, 1), square(10.2, 50.2, 0.1)], [square(-180, -10, 2)]])
  const bytes = coverageBytes(packed)
  const shifted = Buffer.alloc(bytes.length + 3)
  bytes.copy(shifted, 3)
  for (const copy of [bytes, shifted.subarray(3)]) {
    const { ringStart, xy, memory } = coverageFromBytes(copy)
    assert.deepEqual([...ringStart], [0, 4, 8, 12])
    assert.deepEqual([...memory], [...packed.memory])
    assert.deepEqual([xy[0], xy[1]], [Math.round(xOfLongitude(10)), Math.round(yOfLatitude(50))])
  }
})

test('an empty coverage has no rings', () => {
  const { ringStart, xy } = coverageFromBytes(coverageBytes(packCoverage([])))
  assert.deepEqual([[...ringStart], xy.length], [[0], 0])
})
