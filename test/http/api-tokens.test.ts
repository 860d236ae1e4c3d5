import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { RECENT_MILLISECONDS } from '#accounts/tokens/recent-tokens.ts'
import type { ApiTokenRecord } from '#accounts/tokens/token-rows.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

const clock = createManualClock()
const fixture = await startFixture({ clock })
after(() => fixture[Symbol.asyncDispose]())
const { call } = fixture
const path = '/api/portal/v1/apiTokens'
const whoami = '/api/portal/v1/auth/whoami'
const owner = await addUser(fixture, 'owner')
const colleague = await addUser(fixture, 'colleague', owner.accountId)
const foreign = await addUser(fixture, 'foreign')

async function create(json: unknown, token = owner.session): Promise<ApiTokenRecord> {
  const answer = await call('POST', path, { token, json })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as ApiTokenRecord
}

async function list(token: string): Promise<ApiTokenRecord[]> {
  const answer = await call('GET', path, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as ApiTokenRecord[]
}

test('a token is made with exactly the documented fields, and works at once', async () => {
  const record = await create({ name: 'Production Token', restrictions: { hosts: ['example.com'] }, ignored: 1 })
  const { id, ...rest } = record
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(rest, {
    name: 'Production Token',
    userId: owner.userId,
    userEmail: 'owner',
    createdAt: clock.now(),
    lastUsedAt: null,
    restrictions: { hosts: ['example.com'] },
  })
  assert.equal((await call('GET', whoami, { token: id, headers: { origin: 'https://example.com' } })).status, 200)
  const [listed] = (await list(owner.session)).filter((token) => token.id === id)
  assert.deepEqual(listed, { ...record, lastUsedAt: clock.now() })
})

test('without restrictions: null; an empty object: no hosts', async () => {
  assert.equal((await create({ name: 'a' })).restrictions, null)
  assert.equal((await create({ name: 'b', restrictions: null })).restrictions, null)
  const open = await create({ name: 'c', restrictions: {} })
  assert.deepEqual(open.restrictions, { hosts: [] })
  assert.equal((await call('GET', whoami, { token: open.id, headers: { origin: 'https://anywhere.test' } })).status, 200)
})

test('the list holds the tokens of the whole account, newest first, and no other account’s', async () => {
  clock.advance(1_000)
  const mine = await create({ name: 'newest of the owner' })
  clock.advance(1_000)
  const theirs = await create({ name: 'newest of the colleague' }, colleague.token)
  assert.equal(theirs.userEmail, 'colleague')
  const seen = await list(owner.token)
  assert.deepEqual(
    seen.slice(0, 2).map((token) => token.id),
    [theirs.id, mine.id],
  )
  assert.deepEqual(await list(colleague.session), seen)
  assert.deepEqual(
    (await list(foreign.token)).map((token) => token.id),
    [foreign.token],
  )
})

test('an update changes what is given and nothing else; null clears the restrictions', async () => {
  const { id } = await create({ name: 'old', restrictions: { hosts: ['a.example'] } })
  const update = async (json: unknown) =>
    (await call('POST', `${path}/${id}`, { token: colleague.token, json })).body as ApiTokenRecord
  assert.deepEqual([(await update({})).name, (await update({})).restrictions], ['old', { hosts: ['a.example'] }])
  assert.deepEqual((await update({ name: 'new' })).restrictions, { hosts: ['a.example'] })
  const restricted = await update({ restrictions: { hosts: ['b.example'] } })
  assert.deepEqual([restricted.name, restricted.restrictions], ['new', { hosts: ['b.example'] }])
  assertProblem(await call('GET', whoami, { token: id, headers: { origin: 'https://a.example' } }), 401, 'ORIGIN_NOT_ALLOWED')
  assert.equal((await call('GET', whoami, { token: id, headers: { origin: 'https://b.example:8443' } })).status, 200)
  assert.equal((await update({ restrictions: null })).restrictions, null)
  assert.equal((await call('GET', whoami, { token: id, headers: { origin: 'https://a.example' } })).status, 200)
})

test('a deleted token is refused from then on, and is unknown', async () => {
  const { id } = await create({ name: 'short-lived' })
  const deleted = await call('DELETE', `${path}/${id}`, { token: id, headers: { 'content-type': 'application/json' } })
  assert.equal(deleted.status, 204)
  assert.equal(deleted.text, '')
  assertProblem(await call('GET', whoami, { token: id }), 401, 'TOKEN_INVALID')
  assertProblem(await call('DELETE', `${path}/${id}`, { token: owner.token }), 404, 'TOKEN_NOT_FOUND')
  assertProblem(await call('POST', `${path}/${id}`, { token: owner.token, json: { name: 'x' } }), 404, 'TOKEN_NOT_FOUND')
})

test('a token that another process has deleted: it reads for a second more, and changes nothing', async () => {
  const { id } = await create({ name: 'revoked elsewhere' })
  const reading = ['/api/v2/tiles/enc-v2.json', whoami]
  const statuses = async () => await Promise.all(reading.map(async (path) => (await call('GET', path, { token: id })).status))
  assert.deepEqual(await statuses(), [200, 200])
  await fixture.db.deleteFrom('api_token').where('name', '=', 'revoked elsewhere').execute()
  assert.deepEqual(await statuses(), [200, 200], 'known from a moment ago')
  for (const changing of ['/api/v1/charts/upload', '/api/v1/enc_query', path]) {
    assertProblem(await call('POST', changing, { token: id, json: {} }), 401, 'TOKEN_INVALID')
  }
  clock.advance(RECENT_MILLISECONDS)
  assert.deepEqual(await statuses(), [401, 401])
})

test('a foreign account’s token is as unknown as none', async () => {
  for (const id of [owner.token, '0'.repeat(32), 'nonsense', '%20', 'x'.repeat(100)]) {
    assertProblem(await call('DELETE', `${path}/${id}`, { token: foreign.token }), 404, 'TOKEN_NOT_FOUND')
    assertProblem(await call('POST', `${path}/${id}`, { token: foreign.token, json: {} }), 404, 'TOKEN_NOT_FOUND')
  }
  assert.equal((await call('GET', whoami, { token: owner.token })).status, 200)
})

test('bodies that are not as documented are refused by field', async () => {
  const cases: [json: unknown, field: string][] = [
    [{}, '/name'],
    [{ name: '' }, '/name'],
    [{ name: 5 }, '/name'],
    [{ name: 'x'.repeat(201) }, '/name'],
    [{ name: 'nul\u0000' }, '/name'],
    [{ name: 'x', restrictions: 'example.com' }, '/restrictions'],
    [{ name: 'x', restrictions: [] }, '/restrictions'],
    [{ name: 'x', restrictions: { hosts: 'example.com' } }, '/restrictions/hosts'],
    [{ name: 'x', restrictions: { hosts: [5] } }, '/restrictions/hosts/0'],
    [{ name: 'x', restrictions: { hosts: ['*'] } }, '/restrictions/hosts/0'],
    [{ name: 'x', restrictions: { ips: ['192.0.2.1'] } }, '/restrictions/ips'],
  ]
  for (const [json, field] of cases) {
    const problem = assertProblem(await call('POST', path, { token: owner.token, json }), 400, 'VALIDATION_FAILED')
    assert.deepEqual(
      problem.errors?.map((error) => error.field),
      [field],
      JSON.stringify(json),
    )
  }
})

test('an administrator deletes a token of another account, which stops working at once while its user stays signed in', async () => {
  const admin = await fixture.adminSession()
  const url = '/api/portal/v1/admin/deleteApiToken'
  const remove = (json: unknown, token = admin) => call('POST', url, { token, json })
  const accountId = foreign.accountId
  const leaked = await create({ name: 'leaked' }, foreign.session)
  assertProblem(await remove({ accountId, id: leaked.id }, owner.session), 403, 'ADMIN_REQUIRED')
  assertProblem(await remove({ accountId: owner.accountId, id: leaked.id }), 404, 'TOKEN_NOT_FOUND')
  assertProblem(await remove({ accountId: 999_999, id: leaked.id }), 404, 'ACCOUNT_NOT_FOUND')
  for (const json of [{}, { accountId }, { id: leaked.id }, { accountId: 0, id: leaked.id }])
    assertProblem(await remove(json), 400, 'VALIDATION_FAILED')
  assert.equal((await call('GET', whoami, { token: leaked.id })).status, 200)
  const gone = await remove({ accountId, id: leaked.id })
  assert.deepEqual([gone.status, gone.text], [204, ''])
  assertProblem(await call('GET', whoami, { token: leaked.id }), 401, 'TOKEN_INVALID')
  assert.equal((await call('GET', whoami, { token: foreign.token })).status, 200)
  assert.equal((await call('GET', whoami, { token: foreign.session })).status, 200)
  for (const id of [leaked.id, 'x', '']) assertProblem(await remove({ accountId, id }), 404, 'TOKEN_NOT_FOUND')
})
