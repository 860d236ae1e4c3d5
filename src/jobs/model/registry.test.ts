import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobType } from './job-type.ts'
import { noParameters } from './read-parameters.ts'
import { createRegistry } from './registry.ts'

const type = (name: string, steps: JobType['steps'] = []): JobType => ({
  name,
  queue: 'light',
  creatable: name !== 'inner',
  exclusive: false,
  steps,
  parse: noParameters,
  run: async () => ({}),
})

test('the registry finds types and lists those the API may start', () => {
  const registry = createRegistry(['refresh', 'inner'], [type('refresh'), type('inner')])
  assert.equal(registry.get('inner')?.name, 'inner')
  assert.equal(registry.get('toString'), undefined)
  assert.deepEqual(registry.creatable(), ['refresh'])
})

const refused: [why: string, names: string[], types: JobType[], message: RegExp][] = [
  ['a type without a handler', ['refresh', 'clear'], [type('refresh')], /clear has no handler/],
  ['a type with two handlers', ['refresh'], [type('refresh'), type('refresh')], /refresh has two handlers/],
  ['a handler that is not listed', ['refresh'], [type('refresh'), type('clear')], /clear has a handler but is not in the list/],
  [
    'two steps of one name',
    ['a'],
    [
      type('a', [
        { name: 's', weight: 1 },
        { name: 's', weight: 1 },
      ]),
    ],
    /has two steps of one name/,
  ],
  ['a step without a weight', ['a'], [type('a', [{ name: 's', weight: 0 }])], /with a weight of 0 or less/],
]
for (const [why, names, types, message] of refused) {
  test(`the registry refuses ${why}`, () => assert.throws(() => createRegistry(names, types), message))
}
