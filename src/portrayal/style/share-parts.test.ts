import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evaluate } from '#test/evaluate-expression.ts'
import { shareParts } from './share-parts.ts'

const holds = (...values: number[]) => [
  'let',
  'list',
  ['concat', ',', ['to-string', ['get', 'R']], ','],
  ['any', ...values.map((value) => ['in', `,${value},`, ['var', 'list']])],
]

const tests = fc.letrec<{ test: unknown }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(holds(1, 2), holds(7, 8, 14), holds(3), ['==', ['to-string', ['get', 'C']], '4']),
    fc.tuple(fc.constantFrom('all', 'any'), tie('test'), tie('test')),
    tie('test').map((inner) => ['!', inner]),
  ),
})).test

test('sharing parts keeps the meaning of an expression', () => {
  fc.assert(
    fc.property(tests, tests, fc.subarray([1, 3, 7, 14]), fc.constantFrom(3, 4), (a, b, list, colour) => {
      const properties = { R: list.join(), C: colour }
      const expression = ['case', a, 'A', ['all', a, b], 'AB', b, 'B', '-']
      assert.equal(evaluate(shareParts(expression), properties, 'string'), evaluate(expression, properties, 'string'))
    }),
  )
})

test('a test that occurs twice is written once', () => {
  const long = holds(1, 2, 3, 4, 5)
  const shared = JSON.stringify(shareParts(['case', long, 1, ['all', long, holds(6)], 2, 3]))
  assert.equal(shared.split('",5,"').length, 2)
})

test('an expression without repetition stays as it is', () => {
  const expression = ['case', holds(1, 2, 3), 1, 2]
  assert.deepEqual(shareParts(expression), expression)
  assert.equal(shareParts('plain'), 'plain')
})
