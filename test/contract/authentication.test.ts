import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  assertProblemAnswer,
  assertUnauthorized,
  type ContractCall,
  type ContractServer,
  isTime,
  keysOf,
  startContractServer,
} from './contract-server.ts'

// The documented pages on authentication and API tokens, row by row and status by status, against the real server.

interface Token {
  id: string
  name: string
  userId: number
  userEmail: string
  createdAt: number
  lastUsedAt: number | null
  restrictions: { hosts: string[] } | null
}

const AUTH = '/api/portal/v1/auth'
const TOKENS = '/api/portal/v1/apiTokens'
const PASSWORD = '/api/portal/v1/user/passwordChange'
const USER = { userId: 1, username: 'admin', isAdmin: true, isAccountOwner: false, account: { id: 1, name: 'Default' } }
const TOKEN_KEYS = ['createdAt', 'id', 'lastUsedAt', 'name', 'restrictions', 'userEmail', 'userId']

let server: ContractServer
before(async () => {
  server = await startContractServer()
})
after(() => server?.close())

const login = (options: ContractCall) => server.call('POST', `${AUTH}/login`, { token: null, ...options })
const whoami = async (token: string | null, headers = {}) => await server.call('GET', `${AUTH}/whoami`, { token, headers })
const create = async (json: object, token = server.admin) => {
  const answer = await server.call<Token>('POST', TOKENS, { token, json })
  assert.equal(answer.status, 200)
  return answer.body
}

describe('authentication', () => {
  test('Login returns a session token and the user', async () => {
    const answer = await login({ json: { username: 'admin', password: 'admin' } })
    assert.equal(answer.status, 200)
    assert.equal(answer.type, 'application/json')
    const { token, ...rest } = answer.body as { token: { id: string; userId: number }; user: unknown }
    assert.match(token.id, /^[0-9a-f]{32}$/)
    assert.deepEqual([keysOf(token), token.userId, rest], [['id', 'userId'], 1, { user: USER }])
  })

  test('Login is 400 for missing fields and for a body that is not JSON', async () => {
    const bodies: ContractCall[] = [
      ...[{}, { username: 'admin' }, { password: 'admin' }, { username: 1, password: 'admin' }, []].map((json) => ({ json })),
      { body: '{"username":', headers: { 'content-type': 'application/json' } },
    ]
    for (const options of bodies) {
      const answer = await login(options)
      assert.equal(answer.status, 400, JSON.stringify(options))
      assertProblemAnswer(answer)
    }
  })

  test('Login answers an unknown user and a wrong password with the same 401', async () => {
    const unknown = await login({ json: { username: 'nobody', password: 'admin' } })
    const wrong = await login({ json: { username: 'admin', password: 'nonsense' } })
    assert.deepEqual([unknown.status, wrong.status], [401, 401])
    assert.deepEqual(unknown.body, wrong.body)
  })

  test('Logout ends the session with an empty 204; it is 401 then, and for an API token, which stays valid', async () => {
    const session = await server.login('admin', 'admin')
    const answer = await server.call('POST', `${AUTH}/logout`, { token: session })
    assert.deepEqual([answer.status, answer.bytes.length], [204, 0])
    assert.equal((await whoami(session)).status, 401)
    assert.equal((await server.call('POST', `${AUTH}/logout`, { token: session })).status, 401)
    assert.equal((await server.call('POST', `${AUTH}/logout`)).status, 401)
    assert.equal((await whoami(server.admin)).status, 200)
    await assertUnauthorized(server, 'POST', `${AUTH}/logout`)
  })

  test('Who Am I returns the user for a session and for an API token, and is 401 without', async () => {
    for (const token of [server.admin, await server.login('admin', 'admin')])
      assert.deepEqual([(await whoami(token)).status, (await whoami(token)).body], [200, USER])
    await assertUnauthorized(server, 'GET', `${AUTH}/whoami`)
    assert.equal((await whoami(null)).headers.get('www-authenticate'), 'Bearer')
    assert.equal((await server.call('GET', `${AUTH}/whoami?token=${server.admin}`, { token: null })).status, 401, 'Core API only')
  })

  test('Change Password takes either token, keeps the session of the caller and ends the user’s others', async () => {
    const [mine, another] = [await server.login('other', 'other'), await server.login('other', 'other')]
    const bySession = await server.call('POST', PASSWORD, { token: mine, json: { password: 'four' } })
    assert.deepEqual([bySession.status, bySession.bytes.length], [204, 0])
    assert.deepEqual([(await whoami(mine)).status, (await whoami(another)).status], [200, 401])
    assert.equal((await login({ json: { username: 'other', password: 'other' } })).status, 401)
    assert.equal((await server.call('POST', PASSWORD, { token: server.other, json: { password: 'other' } })).status, 204)
    await server.login('other', 'other')
  })

  test('Change Password is 400 for a missing or short password, and 401 without a token', async () => {
    for (const json of [{}, { password: 'abc' }, { password: 1234 }, { password: null }]) {
      const answer = await server.call('POST', PASSWORD, { json })
      assert.equal(answer.status, 400, JSON.stringify(json))
      assertProblemAnswer(answer)
    }
    await assertUnauthorized(server, 'POST', PASSWORD, { password: 'fourth' })
  })
})

describe('API tokens', () => {
  test('Create returns the record, whose id is the bearer string', async () => {
    const before = Date.now()
    const token = await create({ name: 'Production Token', restrictions: { hosts: ['example.com'] } })
    assert.deepEqual(keysOf(token), TOKEN_KEYS)
    assert.match(token.id, /^[0-9a-f]{32}$/)
    assert.deepEqual(
      [token.name, token.userId, token.userEmail, token.lastUsedAt, token.restrictions],
      ['Production Token', 1, 'admin', null, { hosts: ['example.com'] }],
    )
    assert.ok(isTime(token.createdAt) && token.createdAt >= before - 60_000)
    assert.equal((await create({ name: 'Open' })).restrictions, null)
    await assertUnauthorized(server, 'POST', TOKENS, { name: 'x' })
  })

  test('a token restricted to hosts works on their pages, and on the Core API without an Origin', async () => {
    const { id } = await create({ name: 'Restricted', restrictions: { hosts: ['example.com'] } })
    const core = async (origin?: string) =>
      (await server.call('GET', '/api/v1/styles/base.json', { token: id, ...(origin && { headers: { origin } }) })).status
    assert.deepEqual([await core(), await core('https://example.com')], [200, 200])
    assert.deepEqual([await core('https://elsewhere.example'), await core('https://sub.example.com')], [401, 401])
    assert.equal((await whoami(id, { origin: 'https://example.com' })).status, 200)
    assert.equal((await whoami(id)).status, 401, 'docs/security.md: the Portal API needs the Origin')
  })

  test('List returns the tokens of the account, with the time of the latest request', async () => {
    const { id } = await create({ name: 'Listed' })
    await whoami(id)
    const answer = await server.call<Token[]>('GET', TOKENS)
    assert.equal(answer.status, 200)
    for (const each of answer.body) assert.deepEqual(keysOf(each), TOKEN_KEYS)
    const ids = answer.body.map((each) => each.id)
    assert.ok(ids.includes(id) && !ids.includes(server.other))
    assert.ok(isTime(answer.body.find((each) => each.id === id)?.lastUsedAt))
    await assertUnauthorized(server, 'GET', TOKENS)
  })

  test('Update changes only what it is given; null clears the restrictions; 401 and 404', async () => {
    const made = await create({ name: 'Before', restrictions: { hosts: ['a.example'] } })
    const update = (json: object, token = server.admin) => server.call<Token>('POST', `${TOKENS}/${made.id}`, { token, json })
    const renamed = await update({ name: 'After' })
    assert.deepEqual([renamed.status, renamed.body], [200, { ...made, name: 'After' }])
    assert.deepEqual((await update({ restrictions: { hosts: ['b.example'] } })).body, {
      ...{ ...made, name: 'After', restrictions: { hosts: ['b.example'] } },
    })
    assert.equal((await update({ restrictions: null })).body.restrictions, null)
    assert.equal((await update({ name: 'Stolen' }, server.other)).status, 404)
    assert.equal((await server.call('POST', `${TOKENS}/${'0'.repeat(32)}`, { json: { name: 'x' } })).status, 404)
    await assertUnauthorized(server, 'POST', `${TOKENS}/${made.id}`, { name: 'x' })
  })

  test('Delete is an empty 204, after which the token is refused; 401, and 404 for an unknown token', async () => {
    const { id } = await create({ name: 'Short-lived' })
    await assertUnauthorized(server, 'DELETE', `${TOKENS}/${id}`)
    assert.equal((await server.call('DELETE', `${TOKENS}/${id}`, { token: server.other })).status, 404)
    const answer = await server.call('DELETE', `${TOKENS}/${id}`)
    assert.deepEqual([answer.status, answer.bytes.length], [204, 0])
    assert.equal((await whoami(id)).status, 401)
    assert.equal((await server.call('DELETE', `${TOKENS}/${id}`)).status, 404)
  })
})
