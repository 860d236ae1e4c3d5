import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { createSteadyClock } from './steady-clock.ts'

const TWENTY_YEARS = 20 * 31_557_600_000

for (const [direction, offset] of [
  ['back', -TWENTY_YEARS],
  ['forward', TWENTY_YEARS],
] as const) {
  test(`the queue's clock continues when the wall clock is set ${direction} by 20 years`, (t) => {
    const clock = createSteadyClock()
    const before = clock.now()
    assert.ok(Math.abs(before - Date.now()) < 60_000)
    const wallClock = Date.now()
    t.mock.method(Date, 'now', () => wallClock + offset)
    const passed = clock.now() - before
    assert.ok(passed >= 0 && passed < 60_000, `${passed} ms`)
  })
}

test('a delay of 20 years neither overflows a timer nor fires it', async () => {
  const clock = createSteadyClock()
  const warnings: Error[] = []
  const collect = (warning: Error) => warnings.push(warning)
  process.on('warning', collect)
  let fired = 0
  const timeout = clock.setTimeout(() => fired++, TWENTY_YEARS)
  const interval = clock.setInterval(() => fired++, TWENTY_YEARS)
  // Node emits its own warning in the same way, so that one would have come before this one.
  process.emitWarning('the last one')
  await once(process, 'warning')
  const negative = Promise.withResolvers<void>()
  clock.setTimeout(negative.resolve, -TWENTY_YEARS)
  await negative.promise
  process.off('warning', collect)
  clock.clearTimeout(timeout)
  clock.clearInterval(interval)
  assert.equal(fired, 0)
  assert.deepEqual(
    warnings.map(({ message }) => message),
    ['the last one'],
  )
})
