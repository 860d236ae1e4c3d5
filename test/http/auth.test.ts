import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createManualClock } from '#test/manual-clock.ts'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const clock = createManualClock()
const fixture = await startFixture({ clock })
after(() => fixture[Symbol.asyncDispose]())
const { call } = fixture
const auth = '/api/portal/v1/auth'

async function login(password = 'admin'): Promise<string> {
  const answer = await call('POST', `${auth}/login`, { json: { username: 'admin', password } })
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as { token: { id: string } }).token.id
}

test('login, whoami and logout answer as documented', async () => {
  const answer = await call('POST', `${auth}/login`, { json: { username: 'admin', password: 'admin' } })
  assert.equal(answer.status, 200)
  const { token, user } = answer.body as { token: { id: string; userId: number }; user: unknown }
  assert.deepEqual(Object.keys(token), ['id', 'userId'])
  assert.match(token.id, /^[0-9a-f]{32}$/)
  assert.deepEqual(user, {
    userId: 1,
    username: 'admin',
    isAdmin: true,
    isAccountOwner: false,
    account: { id: 1, name: 'Default' },
  })
  assert.deepEqual((await call('GET', `${auth}/whoami`, { token: token.id })).body, user)

  // Clients send the content type with nothing behind it; that must not be a broken body.
  const logout = await call('POST', `${auth}/logout`, { token: token.id, headers: { 'content-type': 'application/json' } })
  assert.equal(logout.status, 204)
  assert.equal(logout.text, '')
  assertProblem(await call('GET', `${auth}/whoami`, { token: token.id }), 401, 'TOKEN_INVALID')
  assertProblem(await call('POST', `${auth}/logout`, { token: token.id }), 401, 'TOKEN_INVALID')
})

test('missing fields and fields of a wrong type: 400 with their names', async () => {
  const cases: [json: unknown, fields: string[]][] = [
    [{}, ['/username', '/password']],
    [{ username: 'admin' }, ['/password']],
    [{ username: 'admin', password: 1234 }, ['/password']],
    [{ username: 'admin', password: null }, ['/password']],
    [{ username: ['admin'], password: true }, ['/username', '/password']],
    [[], ['']],
    ['admin', ['']],
    [{ username: 'x'.repeat(257), password: 'admin' }, ['/username']],
  ]
  for (const [json, fields] of cases) {
    const problem = assertProblem(await call('POST', `${auth}/login`, { json }), 400, 'VALIDATION_FAILED')
    assert.deepEqual(
      problem.errors?.map((error) => error.field),
      fields,
    )
  }
})

test('an unknown user and a wrong password: 401 with one code', async () => {
  assertProblem(
    await call('POST', `${auth}/login`, { json: { username: 'admin', password: 'Admin' } }),
    401,
    'INVALID_CREDENTIALS',
  )
  assertProblem(
    await call('POST', `${auth}/login`, { json: { username: 'nobody', password: 'admin' } }),
    401,
    'INVALID_CREDENTIALS',
  )
  assertProblem(await call('POST', `${auth}/login`, { json: { username: 'a\u0000', password: '' } }), 400, 'VALIDATION_FAILED')
})

test('too many failed logins: 429 with Retry-After, until it has passed; an invented address changes nothing', async () => {
  clock.advance(3_600_000)
  const guess = (index: number) =>
    call('POST', `${auth}/login`, {
      json: { username: `nobody-${index}`, password: 'x' },
      headers: { 'x-forwarded-for': `198.51.100.${index}` },
    })
  for (let index = 0; index < 10; index++) assertProblem(await guess(index), 401, 'INVALID_CREDENTIALS')
  const limited = await guess(10)
  assertProblem(limited, 429, 'RATE_LIMITED')
  assert.equal(limited.headers.get('retry-after'), '30')
  clock.advance(30_000)
  await login()
  clock.advance(3_600_000)
})

test('an API token is not logged out', async () => {
  const session = await login()
  const { body } = await call('POST', '/api/portal/v1/apiTokens', { token: session, json: { name: 'script' } })
  const { id } = body as { id: string }
  assertProblem(await call('POST', `${auth}/logout`, { token: id }), 401, 'SESSION_REQUIRED')
  assert.equal((await call('GET', `${auth}/whoami`, { token: id })).status, 200)
})

test('passwordChange checks its body, keeps the calling session and ends the others', async () => {
  const path = '/api/portal/v1/user/passwordChange'
  const mine = await login()
  const other = await login()
  for (const json of [{}, { password: 'abc' }, { password: 1234 }, { password: null }, { password: 'x'.repeat(1025) }]) {
    const problem = assertProblem(await call('POST', path, { token: mine, json }), 400, 'VALIDATION_FAILED')
    assert.equal(problem.errors?.[0]?.field, '/password')
  }
  assertProblem(await call('POST', path, { json: { password: 'abcd' } }), 401, 'TOKEN_MISSING')
  const changed = await call('POST', path, { token: mine, json: { password: 'abcd' } })
  assert.equal(changed.status, 204)
  assert.equal(changed.text, '')
  assert.equal((await call('GET', `${auth}/whoami`, { token: mine })).status, 200)
  assertProblem(await call('GET', `${auth}/whoami`, { token: other }), 401, 'TOKEN_INVALID')
  assertProblem(
    await call('POST', `${auth}/login`, { json: { username: 'admin', password: 'admin' } }),
    401,
    'INVALID_CREDENTIALS',
  )
  await login('abcd')
})
