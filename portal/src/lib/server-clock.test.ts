import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createServerClock } from './server-clock.ts'

const HOUR = 3_600_000
const dateOf = (ms: number) => new Date(ms).toUTCString()

test('a local clock three hours off is corrected to within half a second, and better with more answers', () => {
  const server = Date.UTC(2026, 10, 29, 12, 0, 0, 700)
  let local = server - 3 * HOUR
  const clock = createServerClock(() => local)
  assert.equal(clock.now(), local, 'before any answer it is the local clock')
  clock.learn(dateOf(server), local - 20, local + 20)
  assert.ok(Math.abs(clock.now() - server) <= 520)
  for (let n = 0; n < 20; n++) {
    local += 330
    clock.learn(dateOf(local + 3 * HOUR), local - 10, local + 10)
  }
  assert.ok(Math.abs(clock.now() - (local + 3 * HOUR)) < 100)
})

test('an answer that contradicts what was known starts again', () => {
  let local = 1_000_000_000
  const clock = createServerClock(() => local)
  clock.learn(dateOf(local), local, local)
  local += HOUR
  clock.learn(dateOf(local + HOUR), local, local)
  assert.ok(Math.abs(clock.now() - (local + HOUR)) <= 1_000)
})

test('a response without a date changes nothing', () => {
  const clock = createServerClock(() => 5)
  clock.learn(null, 0, 1)
  clock.learn('yesterday', 0, 1)
  assert.equal(clock.now(), 5)
})
