import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from './log.ts'
import { createRecentLines } from './recent-lines.ts'

test('the last lines are kept in their order, and older ones are forgotten', () => {
  const recent = createRecentLines(3)
  recent.add('one\n')
  assert.deepEqual(recent.list(), ['one'])
  for (const line of ['two', 'three', 'four', 'five']) recent.add(line)
  assert.deepEqual(recent.list(), ['three', 'four', 'five'])
})

test('a long line is cut', () => {
  const recent = createRecentLines(2)
  recent.add('x'.repeat(100_000))
  assert.equal(recent.list()[0]?.length, 6_000)
})

test('a log keeps its lines as it writes them, without secrets', () => {
  const recent = createRecentLines()
  const written: string[] = []
  const log = createLog('info', { write: (line) => void written.push(line) }, recent)
  log.info({ password: 'hunter22' }, 'the address is https://user:hunter22@charts.example/')
  log.debug('not written')
  assert.equal(recent.list().length, 1)
  assert.equal(recent.list()[0], written[0]?.trimEnd())
  assert.ok(!recent.list().join().includes('hunter22'))
})
