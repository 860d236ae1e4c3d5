import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLineBuffer } from './line-buffer.ts'

const line = (message: string) => ({ at: 0, level: 'info' as const, message })

test('lines are numbered after those of earlier attempts, leaving number 1001 to the marker', () => {
  const buffer = createLineBuffer(999)
  for (const text of ['a', 'b']) buffer.add(line(text))
  const { lines, dropped } = buffer.take()
  assert.deepEqual(
    lines.map((each) => [each.seq, each.message]),
    [
      [1_000, 'a'],
      [1_002, 'b'],
    ],
  )
  assert.equal(dropped, false)
  assert.equal(buffer.size(), 0)
})

test('beyond 2,000 waiting lines the older half is dropped, and the next take says so once', () => {
  const buffer = createLineBuffer(0)
  for (let n = 1; n <= 2_001; n++) buffer.add(line(`${n}`))
  const { lines, dropped } = buffer.take()
  assert.deepEqual([lines.length, lines[0]?.message, lines.at(-1)?.message, dropped], [1_000, '1002', '2001', true])
  assert.equal(buffer.take().dropped, false)
})

test('lines put back come before later ones, and a drop is still reported', () => {
  const buffer = createLineBuffer(0)
  buffer.add(line('a'))
  const { lines } = buffer.take()
  buffer.add(line('b'))
  buffer.putBack(lines, true)
  const again = buffer.take()
  assert.deepEqual(
    again.lines.map((each) => each.message),
    ['a', 'b'],
  )
  assert.equal(again.dropped, true)
})
