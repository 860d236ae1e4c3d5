import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expr } from '#portrayal/text/expression.ts'
import { firstOf } from './branches.ts'

const kind = (value: string) => expr('==', ['to-string', ['get', 'KIND']], value)
const tall = expr('has', 'HEIGHT')
const wide = expr('has', 'WIDTH')

test('tests of one attribute become a match, within the tests around them', () => {
  const branches = [
    { test: tall, value: 'a' },
    { test: kind('1'), value: 'b' },
    { test: kind('2'), value: 'c' },
    { test: kind('3'), value: 'c' },
  ]
  assert.deepEqual(firstOf(branches, 'd'), [
    'case',
    tall,
    'a',
    ['match', ['to-string', ['get', 'KIND']], '1', 'b', ['2', '3'], 'c', 'd'],
  ])
})

test('tests of one attribute under the same condition become one branch', () => {
  const branches = [
    { test: expr('all', kind('1'), tall), value: 'a' },
    { test: expr('all', kind('2'), tall), value: 'b' },
    { test: wide, value: 'c' },
  ]
  const of = ['to-string', ['get', 'KIND']]
  const isEither = ['all', tall, ['match', of, ['1', '2'], true, false]]
  assert.deepEqual(firstOf(branches, 'd'), ['case', isEither, ['match', of, '1', 'a', 'b'], wide, 'c', 'd'])
})

test('a test that an earlier one decides is left out, and so is one that a wider one of the same value includes', () => {
  const narrow = expr('all', tall, wide)
  assert.deepEqual(
    firstOf(
      [
        { test: tall, value: 'a' },
        { test: narrow, value: 'b' },
      ],
      'c',
    ),
    ['case', tall, 'a', 'c'],
  )
  assert.deepEqual(
    firstOf(
      [
        { test: narrow, value: 'a' },
        { test: tall, value: 'a' },
      ],
      'c',
    ),
    ['case', tall, 'a', 'c'],
  )
})

test('branches with the value of the fallback at the end are left out, and a filter is its test', () => {
  assert.equal(firstOf([{ test: tall, value: 'a' }], 'a'), 'a')
  assert.deepEqual(firstOf([{ test: tall, value: true }], false), tall)
  assert.deepEqual(firstOf([{ test: tall, value: false }], true), ['!', tall])
})
