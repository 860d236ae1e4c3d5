import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipLine, clipRing, isInBox } from './clip-to-box.ts'

const box = [0, 0, 10, 10] as const

test('clipLine cuts a line into its parts inside the box', () => {
  const line = [
    [-5, 5],
    [5, 5],
    [5, 15],
    [8, 15],
    [8, -5],
  ]
  assert.deepEqual(clipLine(line, box), [
    [
      [0, 5],
      [5, 5],
      [5, 10],
    ],
    [
      [8, 10],
      [8, 0],
    ],
  ])
})

test('clipLine keeps a line inside the box whole and drops one outside', () => {
  assert.deepEqual(
    clipLine(
      [
        [1, 1],
        [2, 3],
        [4, 4],
      ],
      box,
    ),
    [
      [
        [1, 1],
        [2, 3],
        [4, 4],
      ],
    ],
  )
  assert.deepEqual(
    clipLine(
      [
        [-1, -1],
        [-1, 20],
      ],
      box,
    ),
    [],
  )
})

test('clipRing cuts a ring to the box, keeps it closed, and returns null for a ring outside', () => {
  const ring = [
    [5, 5],
    [15, 5],
    [15, 15],
    [5, 15],
    [5, 5],
  ]
  const cut = clipRing(ring, box)!
  assert.deepEqual(cut[0], cut.at(-1))
  assert.deepEqual(new Set(cut.map(String)), new Set(['5,5', '10,5', '10,10', '5,10']))
  assert.equal(clipRing(ring, [20, 20, 30, 30]), null)
})

test('isInBox puts a point between two boxes into one of them only', () => {
  assert.equal(isInBox([10, 5], box), false)
  assert.equal(isInBox([10, 5], [10, 0, 20, 10]), true)
})
