import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#test/manual-clock.ts'
import { createLoginGuard } from './login-guard.ts'
import { RateLimitedError } from './rate-limited-error.ts'

function exhaust(
  guard: ReturnType<typeof createLoginGuard>,
  address: (index: number) => string,
  username: (index: number) => string,
) {
  for (let index = 0; index < 10; index++) guard.begin(address(index), username(index))
}

const limited = (seconds: number) => (error: unknown) =>
  error instanceof RateLimitedError &&
  error.status === 429 &&
  error.code === 'RATE_LIMITED' &&
  error.retryAfterSeconds === seconds

test('an address is limited across all user names it tries', () => {
  const clock = createManualClock()
  const guard = createLoginGuard({ clock })
  exhaust(guard, () => '192.0.2.1', String)
  assert.throws(() => guard.begin('192.0.2.1', 'another'), limited(30))
  guard.begin('192.0.2.2', 'another')
  clock.advance(29_500)
  assert.throws(() => guard.begin('192.0.2.1', 'another'), limited(1))
  clock.advance(500)
  guard.begin('192.0.2.1', 'another')
})

test('a failing user name leaves each address one try at a time', () => {
  const clock = createManualClock()
  const guard = createLoginGuard({ clock })
  exhaust(
    guard,
    (index) => `192.0.2.${index}`,
    () => 'admin',
  )
  for (const address of ['192.0.2.200', '192.0.2.201']) {
    guard.begin(address, 'admin')
    assert.throws(() => guard.begin(address, 'admin'), limited(30))
  }
  guard.begin('192.0.2.200', 'someone')
  clock.advance(30_000)
  guard.begin('192.0.2.200', 'admin')
})

test('a failing user name never shuts out an address that has signed in as that user', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  guard.begin('192.0.2.100', 'admin')({ signedIn: true })
  for (let index = 0; index < 500; index++) {
    try {
      guard.begin(`198.51.${index >> 8}.${index & 255}`, 'admin')
    } catch (error) {
      assert.ok(error instanceof RateLimitedError)
    }
  }
  for (let index = 0; index < 10; index++) guard.begin('192.0.2.100', 'admin')
  assert.throws(() => guard.begin('192.0.2.100', 'admin'), limited(30), 'its own failures count')
})

test('a login that the server could not check does not make an address known', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  guard.begin('192.0.2.100', 'admin')({ signedIn: false })
  exhaust(
    guard,
    (index) => `198.51.100.${index}`,
    () => 'admin',
  )
  guard.begin('192.0.2.100', 'admin')
  assert.throws(() => guard.begin('192.0.2.100', 'admin'), RateLimitedError)
})

test('a try refused for its user name is not held against the address', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  exhaust(
    guard,
    (index) => `192.0.2.${index}`,
    () => 'admin',
  )
  guard.begin('192.0.2.200', 'admin')
  for (let index = 0; index < 50; index++) assert.throws(() => guard.begin('192.0.2.200', 'admin'), RateLimitedError)
  guard.begin('192.0.2.200', 'someone')
})

test('a login that succeeds counts for nothing', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  for (let index = 0; index < 100; index++) guard.begin('192.0.2.1', 'admin')({ signedIn: true })
})

test('all addresses of an IPv6 /64 count as one, however they are written', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  exhaust(guard, (index) => `2001:db8:0:1::${index}`, String)
  for (const same of ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:0db8:0000:0001::1', '2001:db8:0:1::%eth0']) {
    assert.throws(() => guard.begin(same, 'x'), RateLimitedError, same)
  }
  guard.begin('2001:db8:0:2::1', 'x')
})

test('an IPv4 address inside IPv6 is that IPv4 address', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  exhaust(guard, () => '::ffff:192.0.2.1', String)
  assert.throws(() => guard.begin('192.0.2.1', 'x'), RateLimitedError)
  guard.begin('::ffff:192.0.2.2', 'x')
})

test('logins of an address that has signed in before leave a failing user name as it is', () => {
  const guard = createLoginGuard({ clock: createManualClock() })
  guard.begin('192.0.2.100', 'admin')({ signedIn: true })
  exhaust(
    guard,
    (index) => `198.51.100.${index}`,
    () => 'admin',
  )
  for (let index = 0; index < 20; index++) guard.begin('192.0.2.100', 'admin')({ signedIn: true })
  guard.begin('203.0.113.1', 'admin')
  assert.throws(() => guard.begin('203.0.113.1', 'admin'), limited(30))
})
