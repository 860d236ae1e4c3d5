import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ApiTokenRecord, ListedToken } from '#accounts/tokens/token-rows.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const { call } = fixture
const TOKENS = '/api/portal/v1/apiTokens'
const PASSWORD = '/api/portal/v1/user/passwordChange'
const WHOAMI = '/api/portal/v1/auth/whoami'
const matching = { origin: 'https://charts.example' }

const admin = await fixture.adminSession()
const principal = await fixture.accounts.authenticate(admin)
const restrictions = { hosts: ['charts.example'] }
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'map', restrictions })

test('the Core API accepts a token restricted to hosts without an Origin, and with a matching one', async () => {
  const url = '/api/v2/tiles/enc-v2.json'
  assert.equal((await call('GET', url, { token })).status, 200)
  assert.equal((await call('GET', url, { token, headers: matching })).status, 200)
})

test('the Portal API accepts a token restricted to hosts only with a matching Origin', async () => {
  for (const url of [WHOAMI, '/api/portal/v1/jobs', '/api/portal/v1/charts/cells', '/api/portal/v1/jobs/events']) {
    assertProblem(await call('GET', url, { token }), 401, 'ORIGIN_NOT_ALLOWED')
    assertProblem(await call('GET', url, { token, headers: { origin: 'https://other.example' } }), 401, 'ORIGIN_NOT_ALLOWED')
  }
  assert.equal((await call('GET', WHOAMI, { token, headers: matching })).status, 200)
})

test('a token restricted to hosts manages neither tokens nor passwords, with any Origin', async () => {
  for (const headers of [{}, matching]) {
    assertProblem(await call('GET', TOKENS, { token, headers }), 401, 'TOKEN_RESTRICTED')
    assertProblem(await call('POST', TOKENS, { token, headers, json: { name: 'free' } }), 401, 'TOKEN_RESTRICTED')
    const own = `${TOKENS}/${token}`
    assertProblem(await call('POST', own, { token, headers, json: { restrictions: null } }), 401, 'TOKEN_RESTRICTED')
    assertProblem(await call('DELETE', own, { token, headers }), 401, 'TOKEN_RESTRICTED')
    assertProblem(await call('POST', PASSWORD, { token, headers, json: { password: 'stolen' } }), 401, 'TOKEN_RESTRICTED')
  }
  assert.equal((await call('GET', TOKENS, { token: admin })).status, 200, 'a session still does')
})

test('an unrestricted token manages tokens as before', async () => {
  const { id } = await fixture.accounts.tokens.create(principal, { name: 'script', restrictions: { hosts: [] } })
  assert.equal((await call('GET', TOKENS, { token: id })).status, 200)
})

test('only an administrator sees the bearer string of an administrator’s token', async () => {
  const member = await addUser(fixture, 'member', principal.user.account.id)
  const list = async (session: string) => (await call('GET', TOKENS, { token: session })).body as ApiTokenRecord[]
  assert.ok((await list(admin)).some(({ id }) => id === token))

  const seen = await list(member.session)
  assert.ok(
    seen.some(({ id }) => id === member.token),
    'a user sees the own token',
  )
  const masked = seen.find(({ name }) => name === 'map')
  assert.ok(masked)
  assert.match(masked.id, /^[0-9a-f]{32}$/)
  assert.notEqual(masked.id, token)
  assertProblem(await call('GET', WHOAMI, { token: masked.id }), 401, 'TOKEN_INVALID')

  const renamed = await call('POST', `${TOKENS}/${masked.id}`, { token: member.session, json: { name: 'renamed' } })
  assert.equal((renamed.body as ApiTokenRecord).id, masked.id, 'a change does not reveal it either')
})

test('with view=summary each token has a handle that opens nothing, equal to the id where the bearer string is hidden', async () => {
  const reader = await addUser(fixture, 'reader', principal.user.account.id)
  const list = async (session: string) => (await call('GET', `${TOKENS}?view=summary`, { token: session })).body as ListedToken[]
  const own = (await list(reader.session)).find(({ id }) => id === reader.token)
  assert.ok(own)
  assert.notEqual(own.handle, own.id)
  assertProblem(await call('GET', WHOAMI, { token: own.handle }), 401, 'TOKEN_INVALID')
  const hidden = (await list(reader.session)).find(({ userEmail }) => userEmail === principal.user.username)
  assert.ok(hidden)
  assert.equal(hidden.id, hidden.handle)
  const shown = (await list(admin)).find(({ handle }) => handle === hidden.handle)
  assert.ok(shown)
  assert.notEqual(shown.id, hidden.id)
  assert.equal((await call('DELETE', `${TOKENS}/${own.handle}`, { token: reader.session })).status, 204)
  assertProblem(await call('GET', WHOAMI, { token: reader.token }), 401, 'TOKEN_INVALID')
})
