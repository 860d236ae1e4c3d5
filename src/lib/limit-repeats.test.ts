import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#test/manual-clock.ts'
import { limitRepeats } from './limit-repeats.ts'

function start() {
  const lines: [fields: unknown, text: unknown][] = []
  const clock = createManualClock()
  const { warn } = limitRepeats({ warn: (...line: unknown[]) => void lines.push([line[0], line[1]]) }, { clock })
  return { lines, clock, warn }
}

test('a warning is logged once a minute, with the number of those left out', () => {
  const { lines, clock, warn } = start()
  for (let second = 0; second < 61; second++) {
    warn({ second }, 'no database')
    clock.advance(1_000)
  }
  assert.deepEqual(lines, [
    [{ second: 0 }, 'no database'],
    [{ second: 60, omitted: 59 }, 'no database'],
  ])
})

test('another text is logged at once', () => {
  const { lines, warn } = start()
  warn({}, 'one')
  warn({}, 'two')
  assert.equal(lines.length, 2)
})

test('a thousand different texts do not fill the memory: the oldest is forgotten and logged again', () => {
  const { lines, warn } = start()
  for (let i = 0; i < 1_000; i++) warn({}, `text ${i}`)
  warn({}, 'text 999')
  assert.equal(lines.length, 1_000)
  warn({}, 'text 0')
  assert.equal(lines.length, 1_001)
})
