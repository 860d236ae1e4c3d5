import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The administration pages of the documented contract, row by row and status by status, against the real server.

interface TokenRecord {
  id: string
  name: string
  userId: number
  userEmail: string
  createdAt: number
  lastUsedAt: number | null
  restrictions: { hosts: string[] } | null
  accountId: number
}
interface UserRecord {
  id: number
  email: string
  accountId: number
  isAdmin: boolean
  createdAt: number
}
interface AccountRecord {
  id: number
  name: string
  planInstance: string | null
  metadata: Record<string, unknown>
  createdAt: number
}
interface CreatedAccount {
  account: AccountRecord
  user: UserRecord
  initialToken: TokenRecord
}
interface Answer<T> {
  status: number
  code: string
  body: T
}

const ADMIN = '/api/portal/v1/admin'
const USER_KEYS = ['accountId', 'createdAt', 'email', 'id', 'isAdmin']
const ACCOUNT_KEYS = ['createdAt', 'id', 'metadata', 'name', 'planInstance']
const TOKEN_KEYS = ['accountId', 'createdAt', 'id', 'lastUsedAt', 'name', 'restrictions', 'userEmail', 'userId']
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

let folder: string
let database: TestDatabase
let server: ServerProcess
let admin: string
let plain: CreatedAccount

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-contract-'))
  database = await createEmptyDatabase()
  server = await startServerProcess({ DATA_DIR: path.join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'warn' })
  admin = await login('admin', 'admin')
  plain = await create('Plain', 'plain')
})
after(async () => {
  await server?.end('SIGTERM')
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

async function call<T>(method: string, where: string, json?: unknown, token: string | null = admin): Promise<Answer<T>> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  if (json !== undefined) headers['content-type'] = 'application/json'
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const answer = await fetch(server.url + where, { method, headers, ...body })
  const text = await answer.text()
  const parsed = text === '' ? null : JSON.parse(text)
  return { status: answer.status, code: parsed?.code ?? '', body: parsed as T }
}
const get = <T>(where: string, token?: string | null) => call<T>('GET', `${ADMIN}/${where}`, undefined, token)
const post = <T>(where: string, json: unknown, token?: string | null) => call<T>('POST', `${ADMIN}/${where}`, json, token)

async function login(username: string, password: string): Promise<string> {
  const answer = await call<{ token: { id: string } }>('POST', '/api/portal/v1/auth/login', { username, password }, null)
  assert.equal(answer.status, 200)
  return answer.body.token.id
}

async function create(name: string, username: string): Promise<CreatedAccount> {
  const answer = await post<CreatedAccount>('createAccount', { name, username, password: 'pass' })
  assert.equal(answer.status, 200)
  return answer.body
}

async function createUser(accountId: number, username: string): Promise<{ user: UserRecord; initialToken: TokenRecord }> {
  const answer = await post<{ user: UserRecord; initialToken: TokenRecord }>('createUser', {
    accountId,
    username,
    password: 'pass',
  })
  assert.equal(answer.status, 200)
  return answer.body
}

async function jobEnded(jobId: string): Promise<{ jobState: string; jobType: string; accountId: number | null }> {
  for (;;) {
    const { body } = await call<{ jobState: string; jobType: string; accountId: number | null }>(
      'GET',
      `/api/portal/v1/jobs/${jobId}`,
    )
    if (body.jobState !== 'pending' && body.jobState !== 'running') return body
    await sleep(20)
  }
}

const keysOf = (value: object) => Object.keys(value).toSorted()
const works = async (token: string) => (await call('GET', '/api/portal/v1/auth/whoami', undefined, token)).status

const ROWS: [method: string, endpoint: string][] = [
  ['GET', 'getAllUsers'],
  ['GET', 'getUser?id=1'],
  ['POST', 'createUser'],
  ['POST', 'editUser'],
  ['POST', 'deleteUser'],
  ['GET', 'getAllAccounts'],
  ['GET', 'getAccount?id=1'],
  ['POST', 'createAccount'],
  ['POST', 'editAccount'],
  ['POST', 'deleteAccount'],
  ['GET', 'getApiTokens?accountId=1'],
  ['POST', 'createApiToken'],
]

for (const [method, endpoint] of ROWS) {
  test(`${method} ${endpoint} is 401 without a token and with a wrong one, and 403 for users who are not administrators`, async () => {
    const json = method === 'POST' ? {} : undefined
    assert.equal((await call(method, `${ADMIN}/${endpoint}`, json, null)).status, 401)
    assert.equal((await call(method, `${ADMIN}/${endpoint}`, json, 'f'.repeat(32))).status, 401)
    assert.equal((await call(method, `${ADMIN}/${endpoint}`, json, plain.initialToken.id)).status, 403)
    assert.equal((await call(method, `${ADMIN}/${endpoint}`, json, await login('plain', 'pass'))).status, 403)
  })
}

for (const endpoint of ['getUser', 'getAccount', 'getApiTokens']) {
  test(`${endpoint} is 400 when the id is missing or no positive integer, and 404 for an unknown one`, async () => {
    const name = endpoint === 'getApiTokens' ? 'accountId' : 'id'
    assert.equal((await get(endpoint)).status, 400)
    for (const id of ['', '0', '-1', '1.5', 'x', '1e3']) assert.equal((await get(`${endpoint}?${name}=${id}`)).status, 400, id)
    for (const id of ['999999', '99999999999999999999']) assert.equal((await get(`${endpoint}?${name}=${id}`)).status, 404, id)
  })
}

describe('accounts', () => {
  test('Create Account returns the account, its user and an initial token', async () => {
    const { account, user, initialToken } = await create('Harbour', 'harbour')
    assert.deepEqual([keysOf(account), keysOf(user), keysOf(initialToken)], [ACCOUNT_KEYS, USER_KEYS, TOKEN_KEYS])
    assert.equal(account.name, 'Harbour')
    assert.equal(account.planInstance, 'oem', "inherited from the caller's account")
    assert.deepEqual(account.metadata, {})
    assert.ok(Number.isInteger(account.createdAt) && account.createdAt > 1e12)
    assert.deepEqual([user.email, user.accountId, user.isAdmin], ['harbour', account.id, false])
    assert.match(initialToken.id, /^[0-9a-f]{32}$/)
    assert.deepEqual(
      [initialToken.name, initialToken.restrictions, initialToken.lastUsedAt, initialToken.userId, initialToken.accountId],
      ['Default', null, null, user.id, account.id],
    )
    assert.equal(await works(initialToken.id), 200)
    assert.equal(await works(await login('harbour', 'pass')), 200)
  })

  test('Create Account is 400 for missing fields, a short password and a taken name, and then creates nothing', async () => {
    const before = (await get<AccountRecord[]>('getAllAccounts')).body.length
    const good = { name: 'Nothing', username: 'nothing', password: 'pass' }
    for (const bad of [{}, { ...good, name: undefined }, { ...good, username: undefined }, { ...good, password: 'abc' }])
      assert.equal((await post('createAccount', bad)).status, 400, JSON.stringify(bad))
    const taken = await post('createAccount', { ...good, username: 'plain' })
    assert.deepEqual([taken.status, taken.code], [400, 'USERNAME_TAKEN'])
    assert.equal((await get<AccountRecord[]>('getAllAccounts')).body.length, before)
  })

  test('of two accounts created at once with one user name, one is created', async () => {
    const body = { name: 'Race', username: 'race', password: 'pass' }
    const statuses = (await Promise.all([post('createAccount', body), post('createAccount', body)])).map(({ status }) => status)
    assert.deepEqual(statuses.toSorted(), [200, 400])
    const all = (await get<AccountRecord[]>('getAllAccounts')).body
    assert.equal(all.filter(({ name }) => name === 'Race').length, 1)
  })

  test('List Accounts and Get Account return account records', async () => {
    const all = (await get<AccountRecord[]>('getAllAccounts')).body
    for (const account of all) assert.deepEqual(keysOf(account), ACCOUNT_KEYS)
    assert.equal(all[0]?.name, 'Default')
    const one = await get<AccountRecord>(`getAccount?id=${plain.account.id}`)
    assert.deepEqual([one.status, one.body], [200, plain.account])
  })

  test('Edit Account renames an account; 400 without id or name, 404 for an unknown one', async () => {
    const { account } = await create('Old name', 'renamed')
    const edited = await post<AccountRecord>('editAccount', { id: account.id, name: 'New name' })
    assert.deepEqual([edited.status, edited.body], [200, { ...account, name: 'New name' }])
    assert.equal((await post('editAccount', { id: account.id })).status, 400)
    assert.equal((await post('editAccount', { name: 'x' })).status, 400)
    assert.equal((await post('editAccount', { id: 999_999, name: 'x' })).status, 404)
  })

  test('Delete Account ends its tokens at once and removes it by a job', async () => {
    const { account, user, initialToken } = await create('Leaving', 'leaving')
    const session = await login('leaving', 'pass')
    assert.equal(await works(session), 200)
    const deleted = await post<{ jobId: string }>('deleteAccount', { id: account.id })
    assert.equal(deleted.status, 200)
    assert.deepEqual(keysOf(deleted.body), ['jobId'])
    assert.match(deleted.body.jobId, UUID)
    assert.deepEqual([await works(initialToken.id), await works(session)], [401, 401])
    const { jobState, jobType, accountId } = await jobEnded(deleted.body.jobId)
    assert.deepEqual([jobState, jobType, accountId], ['completed', 'delete-account', account.id])
    assert.equal((await get(`getAccount?id=${account.id}`)).status, 404)
    assert.equal((await get(`getUser?id=${user.id}`)).status, 404)
    assert.equal((await post('deleteAccount', { id: account.id })).status, 404)
    const again = await create('Leaving', 'leaving')
    assert.notEqual(again.account.id, account.id)
  })

  test('Delete Account is 400 for a malformed body and for the own account, and 404 for an unknown one', async () => {
    assert.equal((await post('deleteAccount', {})).status, 400)
    assert.equal((await post('deleteAccount', { id: 'x' })).status, 400)
    const own = await post('deleteAccount', { id: 1 })
    assert.deepEqual([own.status, own.code], [400, 'ACCOUNT_NOT_DELETABLE'])
    assert.equal((await post('deleteAccount', { id: 999_999 })).status, 404)
  })

  test('deletions of one account at once return the same job, or 404 once it has ended', async () => {
    const { account } = await create('Twice', 'twice')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post<{ jobId: string }>('deleteAccount', { id: account.id })),
    )
    const accepted = answers.filter(({ status }) => status === 200)
    assert.ok(answers.every(({ status }) => status === 200 || status === 404))
    assert.equal(new Set(accepted.map(({ body }) => body.jobId)).size, 1)
  })

  test('of two administrators who delete each other’s account, one stays', async () => {
    const { account, user, initialToken } = await create('Rival', 'rival')
    await database.db.updateTable('app_user').set({ is_admin: true }).where('id', '=', user.id).execute()
    const third = await create('Third', 'third')
    await database.db.updateTable('app_user').set({ is_admin: true }).where('id', '=', third.user.id).execute()
    const [one, two] = await Promise.all([
      post<{ jobId: string }>('deleteAccount', { id: account.id }, third.initialToken.id),
      post<{ jobId: string }>('deleteAccount', { id: third.account.id }, initialToken.id),
    ])
    assert.deepEqual([one.status, two.status].toSorted(), [200, 401])
    const accepted = one.status === 200 ? one : two
    assert.equal((await jobEnded(accepted.body.jobId)).jobState, 'completed')
    const loser = one.status === 200 ? third.account.id : account.id
    assert.equal(
      (await jobEnded((await post<{ jobId: string }>('deleteAccount', { id: loser })).body.jobId)).jobState,
      'completed',
    )
  })
})

describe('users', () => {
  test('List Users and Get User return user records of all accounts', async () => {
    const all = (await get<UserRecord[]>('getAllUsers')).body
    for (const user of all) assert.deepEqual(keysOf(user), USER_KEYS)
    const first = all.find(({ email }) => email === 'admin')
    assert.deepEqual([first?.accountId, first?.isAdmin], [1, true])
    const one = await get<UserRecord & { modifiedAt: number }>(`getUser?id=${plain.user.id}`)
    assert.equal(one.status, 200)
    assert.deepEqual(keysOf(one.body), [...USER_KEYS, 'modifiedAt'].toSorted())
    assert.deepEqual({ ...one.body, modifiedAt: undefined }, { ...plain.user, modifiedAt: undefined })
  })

  test('Create User returns the user and an initial token; 400 and 404 as documented', async () => {
    const { user, initialToken } = await createUser(plain.account.id, 'mate')
    assert.deepEqual([keysOf(user), keysOf(initialToken)], [USER_KEYS, TOKEN_KEYS])
    assert.deepEqual([user.accountId, user.email, user.isAdmin], [plain.account.id, 'mate', false])
    assert.deepEqual([initialToken.name, initialToken.userEmail, initialToken.restrictions], ['Default', 'mate', null])
    assert.equal(await works(initialToken.id), 200)
    const good = { accountId: plain.account.id, username: 'bosun', password: 'pass' }
    for (const bad of [{}, { ...good, accountId: undefined }, { ...good, username: '' }, { ...good, password: 'abc' }])
      assert.equal((await post('createUser', bad)).status, 400, JSON.stringify(bad))
    assert.equal((await post('createUser', { ...good, username: 'mate' })).code, 'USERNAME_TAKEN')
    assert.equal((await post('createUser', { ...good, accountId: 999_999 })).status, 404)
  })

  test('Edit User changes name and password, and ends the sessions of the user', async () => {
    const { user } = await createUser(plain.account.id, 'cook')
    const session = await login('cook', 'pass')
    const edited = await post<Record<string, unknown>>('editUser', { id: user.id, username: 'chef', password: 'word' })
    assert.equal(edited.status, 200)
    assert.deepEqual(keysOf(edited.body), ['createdAt', 'email', 'id', 'modifiedAt'])
    assert.deepEqual([edited.body['id'], edited.body['email']], [user.id, 'chef'])
    assert.ok(Number(edited.body['modifiedAt']) >= user.createdAt)
    assert.equal(await works(session), 401)
    assert.equal(await works(await login('chef', 'word')), 200)
    assert.equal((await post('editUser', { id: user.id })).status, 400, 'neither given')
    assert.equal((await post('editUser', { username: 'x' })).status, 400)
    assert.equal((await post('editUser', { id: user.id, password: 'abc' })).status, 400)
    assert.equal((await post('editUser', { id: user.id, username: 'plain' })).code, 'USERNAME_TAKEN')
    assert.equal((await post('editUser', { id: 999_999, username: 'x' })).status, 404)
  })

  test('Delete User ends the tokens at once and removes the user by a job', async () => {
    const { user, initialToken } = await createUser(plain.account.id, 'stoker')
    const session = await login('stoker', 'pass')
    const deleted = await post<{ deletedUserId: number; jobId: string }>('deleteUser', { id: user.id })
    assert.equal(deleted.status, 200)
    assert.deepEqual(keysOf(deleted.body), ['deletedUserId', 'jobId'])
    assert.equal(deleted.body.deletedUserId, user.id)
    assert.deepEqual([await works(initialToken.id), await works(session)], [401, 401])
    const { jobState, jobType, accountId } = await jobEnded(deleted.body.jobId)
    assert.deepEqual([jobState, jobType, accountId], ['completed', 'delete-user', plain.account.id])
    assert.equal((await get(`getUser?id=${user.id}`)).status, 404)
    assert.equal((await post('deleteUser', { id: user.id })).status, 404)
    assert.equal(await works(plain.initialToken.id), 200, 'others of the account')
  })

  test('Delete User is 400 for the caller, an administrator and the only user of an account', async () => {
    assert.equal((await post('deleteUser', {})).status, 400)
    assert.equal((await post('deleteUser', { id: 0 })).status, 400)
    assert.equal((await post('deleteUser', { id: 999_999 })).status, 404)
    assert.equal((await post('deleteUser', { id: 1 })).code, 'USER_NOT_DELETABLE')
    const { user } = await create('Single', 'single')
    assert.equal((await post('deleteUser', { id: user.id })).code, 'USER_NOT_DELETABLE')
    const second = await createUser(1, 'second')
    await database.db.updateTable('app_user').set({ is_admin: true }).where('id', '=', second.user.id).execute()
    assert.equal((await post('deleteUser', { id: second.user.id })).code, 'USER_NOT_DELETABLE')
  })

  test('of the two users of an account, deleted at once, one stays', async () => {
    const { account, user } = await create('Pair', 'pair1')
    const other = await createUser(account.id, 'pair2')
    const answers = await Promise.all([user.id, other.user.id].map((id) => post('deleteUser', { id })))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
  })
})

describe('tokens', () => {
  test('List API Tokens returns the tokens of all users of an account', async () => {
    const all = await get<TokenRecord[]>(`getApiTokens?accountId=${plain.account.id}`)
    assert.equal(all.status, 200)
    assert.ok(all.body.some(({ id }) => id === plain.initialToken.id))
    for (const token of all.body) {
      assert.deepEqual(keysOf(token), TOKEN_KEYS)
      assert.equal(token.accountId, plain.account.id)
    }
  })

  test('Create API Token returns a token of the user; 400 and 404 as documented', async () => {
    const good = { userId: plain.user.id, accountId: plain.account.id, name: 'Web', restrictions: { hosts: ['example.com'] } }
    const created = await post<TokenRecord>('createApiToken', good)
    assert.equal(created.status, 200)
    assert.deepEqual(keysOf(created.body), TOKEN_KEYS)
    assert.deepEqual(
      [created.body.userId, created.body.userEmail, created.body.name, created.body.restrictions],
      [plain.user.id, 'plain', 'Web', { hosts: ['example.com'] }],
    )
    const open = await post<TokenRecord>('createApiToken', { ...good, restrictions: undefined })
    assert.equal(open.body.restrictions, null)
    assert.equal(await works(open.body.id), 200)
    for (const bad of [{}, { ...good, name: undefined }, { ...good, userId: 'x' }, { ...good, restrictions: { hosts: ['a b'] } }])
      assert.equal((await post('createApiToken', bad)).status, 400, JSON.stringify(bad))
    assert.equal((await post('createApiToken', { ...good, accountId: 1 })).code, 'USER_NOT_IN_ACCOUNT')
    assert.equal((await post('createApiToken', { ...good, userId: 999_999 })).code, 'USER_NOT_FOUND')
    assert.equal((await post('createApiToken', { ...good, accountId: 999_999 })).code, 'ACCOUNT_NOT_FOUND')
  })
})

describe('sessions', () => {
  const SESSIONS = '/api/portal/v1/user/sessions'
  type Session = { id: string; createdAt: number; lastUsedAt: number | null; userAgent: string | null; current: boolean }

  test('a user lists their own sessions and ends one', async () => {
    await createUser(plain.account.id, 'watch')
    const [one, two] = [await login('watch', 'pass'), await login('watch', 'pass')]
    const listed = (await call<Session[]>('GET', SESSIONS, undefined, one)).body
    assert.equal(listed.length, 2)
    for (const session of listed) {
      assert.deepEqual(keysOf(session), ['createdAt', 'current', 'id', 'lastUsedAt', 'userAgent'])
      assert.equal(session.userAgent, 'node')
      assert.ok(session.id !== one && session.id !== two, 'no bearer string')
    }
    assert.equal(listed.filter(({ current }) => current).length, 1)
    const other = listed.find(({ current }) => !current)
    assert.equal((await call('DELETE', SESSIONS, { id: other?.id }, one)).status, 204)
    assert.deepEqual([await works(one), await works(two)], [200, 401])
    assert.equal((await call('DELETE', SESSIONS, { id: other?.id }, one)).status, 404)
    assert.equal((await call('DELETE', SESSIONS, { id: other?.id }, admin)).status, 404)
    assert.equal((await call('DELETE', SESSIONS, {}, one)).status, 400)
    assert.equal((await call('GET', SESSIONS, undefined, null)).status, 401)
  })

  test('passwordChange checks the current password when it is given, and ends the other sessions', async () => {
    await createUser(plain.account.id, 'purser')
    const [one, two] = [await login('purser', 'pass'), await login('purser', 'pass')]
    const change = (json: object) => call('POST', '/api/portal/v1/user/passwordChange', json, one)
    const wrong = await change({ password: 'word', currentPassword: 'wrong' })
    assert.deepEqual([wrong.status, wrong.code], [400, 'CURRENT_PASSWORD_WRONG'])
    assert.equal(await works(two), 200)
    assert.equal((await change({ password: 'word', currentPassword: 'pass' })).status, 204)
    assert.deepEqual([await works(one), await works(two)], [200, 401])
    await login('purser', 'word')
  })
})
