import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { RECORDED_EXAMPLES } from '#http/plugins/recorded-examples.ts'
import type { Exchange } from '#test/example-walk/walk.ts'
import { walkExamples } from '#test/example-walk/walk-examples.ts'

// The examples of the API description, sent again to a real server. `npm run record-examples` records them again.

/** What a job or a chart holds, or what the machine is: its members are not of the API. */
const OPEN = new Set(['parameters', 'result', 'byType', 'rawAttributes', 'attributes', 'log', 'checks'])

let walked: Map<string, Exchange>
before(async () => {
  walked = await walkExamples()
})

test('a real server accepts each recorded request, and every request of the walk is recorded', () => {
  assert.deepEqual([...walked.keys()].toSorted(), Object.keys(RECORDED_EXAMPLES).toSorted())
  for (const [name, { answer: _, ...sent }] of walked) {
    const { answer: __, ...recorded } = RECORDED_EXAMPLES[name] ?? {}
    assert.deepEqual(differences(sent, recorded, name), [])
    assert.deepEqual(sent.body === undefined, recorded.body === undefined, name)
  }
})

test('a real server answers each recorded request with the members and types that are recorded', () => {
  const found = [...walked].flatMap(([name, { answer }]) => differences(answer, RECORDED_EXAMPLES[name]?.answer, name))
  assert.deepEqual(found, [])
})

/** Members that only one of two values has, and values of different types; null may be any. */
function differences(now: unknown, recorded: unknown, place: string): string[] {
  if (now === null || recorded === null) return []
  if (typeof now !== typeof recorded || Array.isArray(now) !== Array.isArray(recorded)) return [`${place}: another type`]
  if (typeof now !== 'object') return []
  if (Array.isArray(now)) {
    const before = recorded as unknown[]
    return now.length === 0 || before.length === 0 ? [] : differences(now[0], before[0], `${place}[0]`)
  }
  const [a, b] = [now as Record<string, unknown>, recorded as Record<string, unknown>]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => {
    if (!(name in a)) return [`${place}.${name}: no longer answered`]
    if (!(name in b)) return [`${place}.${name}: not recorded`]
    return OPEN.has(name) ? [] : differences(a[name], b[name], `${place}.${name}`)
  })
}
