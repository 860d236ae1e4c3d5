import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { sql } from 'kysely'
import { AppError } from '#lib/errors.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase } from '#test/database.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { createAccounts } from './accounts.ts'

const database = await createTestDatabase()
after(() => database.close())
const { db } = database
const clock = createManualClock()
const secretKey = randomBytes(32)
const make = (key = secretKey) => createAccounts({ db, clock, log: silentLog(), secretKey: key })
const accounts = make()
const first = { adminUsername: 'captain', adminPassword: 'wheelhouse', defaultToken: 'A1'.repeat(16) }

const code = (wanted: string, status: number) => (error: unknown) =>
  error instanceof AppError && error.code === wanted && error.status === status
const login = (password: string, username = 'captain') => accounts.login({ username, password, clientAddress: '192.0.2.1' })

test('values that could not be used are refused before anything is made', async () => {
  await assert.rejects(accounts.provision({ ...first, adminUsername: '' }), /must not be empty/)
  await assert.rejects(accounts.provision({ ...first, adminPassword: 'abc' }), /at least 4/)
  await assert.rejects(accounts.provision({ ...first, defaultToken: 'my-token' }), /32 hexadecimal digits/)
  assert.equal((await db.selectFrom('account').selectAll().execute()).length, 0)
})

test('two servers that start at once make one administrator', async () => {
  const made = await Promise.all([accounts.provision(first), make().provision({ ...first, adminUsername: 'other' })])
  assert.deepEqual(made.toSorted(), [false, true])
  assert.equal((await db.selectFrom('account').selectAll().execute()).length, 1)
  const users = await db.selectFrom('app_user').selectAll().execute()
  assert.equal(users.length, 1)
  // Whichever came first; the tests below want a name they know.
  await db.updateTable('app_user').set({ username: 'captain' }).execute()
  assert.equal(await accounts.provision({ ...first, adminPassword: '' }), false)
})

test('the provisioned token is the administrator’s, in any case of its digits', async () => {
  for (const bearer of ['a1'.repeat(16), 'A1'.repeat(16)]) {
    const { kind, user } = await accounts.authenticate(bearer)
    assert.equal(kind, 'apiToken')
    assert.deepEqual(user, {
      userId: 1,
      username: 'captain',
      isAdmin: true,
      isAccountOwner: false,
      account: { id: 1, name: 'Default' },
    })
  }
})

test('login opens a session that lasts until logout', async () => {
  const { token, user } = await login('wheelhouse')
  assert.match(token.id, /^[0-9a-f]{32}$/)
  assert.equal(token.userId, user.userId)
  clock.advance(400 * 86_400_000)
  const principal = await accounts.authenticate(token.id)
  assert.equal(principal.kind, 'session')
  assert.deepEqual(principal.user, user)
  await accounts.logout(principal)
  await assert.rejects(accounts.authenticate(token.id), code('TOKEN_INVALID', 401))
})

test('no bearer string is stored in clear', async () => {
  const { token } = await login('wheelhouse')
  const { id } = await accounts.tokens.create(await accounts.authenticate(token.id), { name: 'secret' })
  const rows = await sql<{ row: string }>`
    select row_to_json(t)::text as row from (select encode(token_hash, 'escape') as h, encode(token_encrypted, 'escape') as e, name from api_token) t
    union all select encode(token_hash, 'escape') from auth_session
  `.execute(db)
  for (const { row } of rows.rows) assert.ok(!row.includes(id) && !row.includes(token.id))
})

test('a wrong password and an unknown user get the same answer', async () => {
  const errors: { code: string; message: string }[] = []
  for (const [password, username] of [
    ['wrong', 'captain'],
    ['wheelhouse', 'nobody'],
    ['wheelhouse', 'CAPTAIN'],
    ['x', 'nul\0name'],
  ] as const) {
    const error = await login(password, username).then(
      () => assert.fail('logged in'),
      (reason: AppError) => reason,
    )
    errors.push({ code: error.code, message: error.message })
  }
  assert.equal(new Set(errors.map((error) => JSON.stringify(error))).size, 1)
  assert.equal(errors[0]?.code, 'INVALID_CREDENTIALS')
})

test('guesses sent at the same moment are limited too, and a right password does not pass the limit', async () => {
  const attempt = (password: string) => accounts.login({ username: 'captain', password, clientAddress: '192.0.2.77' })
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => attempt(`guess ${index}`)))
  const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as AppError).code : 'in'))
  assert.ok(codes.filter((one) => one === 'INVALID_CREDENTIALS').length <= 10)
  await assert.rejects(attempt('wheelhouse'), code('RATE_LIMITED', 429))
  clock.advance(3_600_000)
  await attempt('wheelhouse')
})

test('a password change keeps the calling session and ends the others of that user only', async () => {
  const mine = await login('wheelhouse')
  const other = await login('wheelhouse')
  const stranger = await db
    .insertInto('app_user')
    .values({ account_id: 1, username: 'stranger', password_hash: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const strangers = newToken()
  await db
    .insertInto('auth_session')
    .values({ token_hash: sha256(strangers), user_id: stranger.id })
    .execute()

  await accounts.changePassword(await accounts.authenticate(mine.token.id), {
    password: 'new wheelhouse',
    clientAddress: '192.0.2.1',
  })
  await accounts.authenticate(mine.token.id)
  await accounts.authenticate(strangers)
  await assert.rejects(accounts.authenticate(other.token.id), code('TOKEN_INVALID', 401))
  await assert.rejects(login('wheelhouse'), code('INVALID_CREDENTIALS', 401))
  await login('new wheelhouse')

  await accounts.changePassword(await accounts.authenticate('a1'.repeat(16)), {
    password: 'wheelhouse',
    clientAddress: '192.0.2.1',
  })
  await assert.rejects(accounts.authenticate(mine.token.id), code('TOKEN_INVALID', 401))
  await accounts.authenticate('a1'.repeat(16))
})

test('a login that was checked before a password change and finishes after it opens no session', async () => {
  // The change holds the user's row, so the login passes the check and then waits to write its session.
  const { promise: release, resolve: letGo } = Promise.withResolvers<void>()
  const { promise: held, resolve: holding } = Promise.withResolvers<void>()
  const change = db.transaction().execute(async (trx) => {
    await trx.updateTable('app_user').set({ password_hash: 'changed' }).where('username', '=', 'captain').execute()
    holding()
    await release
  })
  await held
  const { password_hash: before } = await db
    .selectFrom('app_user')
    .select('password_hash')
    .where('username', '=', 'captain')
    .executeTakeFirstOrThrow()
  const attempt = assert.rejects(login('wheelhouse'), code('INVALID_CREDENTIALS', 401))
  await waitingForLock()
  letGo()
  await change
  await attempt
  await db.updateTable('app_user').set({ password_hash: before }).where('username', '=', 'captain').execute()
})

/** Resolves when a statement of this database waits for a row that another transaction holds. */
async function waitingForLock(): Promise<void> {
  for (;;) {
    const waiting = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%auth_session%'`.execute(db)
    if ((waiting.rows[0]?.n ?? 0) > 0) return
  }
}

test('a password outside 4 to 1024 characters is refused; characters are counted, not bytes', async () => {
  const principal = await accounts.authenticate('a1'.repeat(16))
  await assert.rejects(
    accounts.changePassword(principal, { password: 'abc', clientAddress: '192.0.2.1' }),
    code('VALIDATION_FAILED', 400),
  )
  await assert.rejects(
    accounts.changePassword(principal, { password: '⚓⚓⚓', clientAddress: '192.0.2.1' }),
    code('VALIDATION_FAILED', 400),
  )
  await assert.rejects(
    accounts.changePassword(principal, { password: '😀😀😀', clientAddress: '192.0.2.1' }),
    code('VALIDATION_FAILED', 400),
  )
  await assert.rejects(
    accounts.changePassword(principal, { password: 'x'.repeat(1025), clientAddress: '192.0.2.1' }),
    code('VALIDATION_FAILED', 400),
  )
  await accounts.changePassword(principal, { password: '⚓⚓⚓⚓', clientAddress: '192.0.2.1' })
  await login('⚓⚓⚓⚓')
  await accounts.changePassword(principal, { password: 'wheelhouse', clientAddress: '192.0.2.1' })
})

test('lastUsedAt is written at most once a minute', async () => {
  const principal = await accounts.authenticate('a1'.repeat(16))
  const { id } = await accounts.tokens.create(principal, { name: 'tiles' })
  const lastUsed = async () => (await accounts.tokens.list(principal)).find((token) => token.id === id)?.lastUsedAt
  assert.equal(await lastUsed(), null)
  const start = clock.now()
  await Promise.all(Array.from({ length: 5 }, () => accounts.authenticate(id)))
  assert.equal(await lastUsed(), start)
  clock.advance(59_999)
  await accounts.authenticate(id)
  assert.equal(await lastUsed(), start)
  clock.advance(1)
  await accounts.authenticate(id)
  assert.equal(await lastUsed(), start + 60_000)
})

test('a request refused for its origin does not count as a use', async () => {
  const principal = await accounts.authenticate('a1'.repeat(16))
  const { id } = await accounts.tokens.create(principal, { name: 'web', restrictions: { hosts: ['example.com'] } })
  await assert.rejects(accounts.authenticate(id, 'https://evil.test'), code('ORIGIN_NOT_ALLOWED', 401))
  assert.equal((await accounts.tokens.list(principal)).find((token) => token.id === id)?.lastUsedAt, null)
  await accounts.authenticate(id, 'https://example.com')
  await accounts.authenticate(id)
})

test('tokens made under a lost key are listed, can be deleted, and come back when used', async () => {
  const principal = await accounts.authenticate('a1'.repeat(16))
  const used = await accounts.tokens.create(principal, { name: 'used again' })
  const lost = await accounts.tokens.create(principal, { name: 'lost' })
  const later = make(randomBytes(32))
  const named = async (name: string) => (await later.tokens.list(principal)).find((token) => token.name === name)

  const handle = (await named('lost'))?.id ?? ''
  assert.match(handle, /^[0-9a-f]{32}$/)
  assert.notEqual(handle, lost.id)
  await assert.rejects(later.authenticate(handle), code('TOKEN_INVALID', 401))
  assert.equal((await later.tokens.update(principal, handle, { name: 'still lost' })).id, handle)
  await later.tokens.delete(principal, handle)
  await assert.rejects(later.authenticate(lost.id), code('TOKEN_INVALID', 401))

  await later.authenticate(used.id)
  assert.equal((await named('used again'))?.id, used.id)
})

test('malformed bearer strings are refused without a look at the database', async () => {
  for (const bearer of ['', 'short', 'g'.repeat(32), '0'.repeat(31), '0'.repeat(33), `${'0'.repeat(32)}\n`, "' or 1=1 --"]) {
    await assert.rejects(accounts.authenticate(bearer), code('TOKEN_INVALID', 401), bearer)
  }
})

describe('recognise, for tiles', () => {
  /** Changes a token as another process would: this one is not notified. */
  const elsewhere = make()
  const newOne = async () => {
    const principal = await accounts.authenticate('a1'.repeat(16))
    return { principal, token: await accounts.tokens.create(principal, { name: 'tiles' }) }
  }

  test('a token deleted, restricted or logged out here ends at once', async () => {
    const { principal, token } = await newOne()
    assert.deepEqual(await accounts.recognise(token.id, 'https://a.test'), await accounts.authenticate(token.id))
    await accounts.tokens.update(principal, token.id, { restrictions: { hosts: ['b.test'] } })
    await assert.rejects(accounts.recognise(token.id, 'https://a.test'), code('ORIGIN_NOT_ALLOWED', 401))
    await accounts.recognise(token.id, 'https://b.test')
    await accounts.tokens.delete(principal, token.id)
    await assert.rejects(accounts.recognise(token.id), code('TOKEN_INVALID', 401))
    const { token: session } = await login('wheelhouse')
    await accounts.logout(await accounts.recognise(session.id))
    await assert.rejects(accounts.recognise(session.id), code('TOKEN_INVALID', 401))
  })

  test('one deleted by another process ends within a second; a new one works at once', async () => {
    const { principal, token } = await newOne()
    await accounts.recognise(token.id)
    await elsewhere.tokens.delete(principal, token.id)
    await accounts.recognise(token.id)
    clock.advance(1_000)
    await assert.rejects(accounts.recognise(token.id), code('TOKEN_INVALID', 401))
    const another = await elsewhere.tokens.create(principal, { name: 'tiles' })
    await accounts.recognise(another.id)
  })

  test('what is being looked up while the token is deleted is not remembered', async () => {
    const { principal, token } = await newOne()
    const asked = accounts.recognise(token.id)
    await accounts.tokens.delete(principal, token.id)
    await asked.catch(() => {})
    await assert.rejects(accounts.recognise(token.id), code('TOKEN_INVALID', 401))
  })
})
