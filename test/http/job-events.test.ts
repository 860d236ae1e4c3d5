import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { EventStreamLimits } from '#http/events/event-streams.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { PermanentError } from '#lib/errors.ts'
import { jobReaches, jobRecord, jobType, signal, untilAborted } from '#test/jobs.ts'
import { metricsOf, sumOf } from '#test/metrics.ts'
import { type EventClient, openEvents, type ServerSentEvent } from '#test/server-sent-events.ts'
import { assertProblem } from './assert-problem.ts'
import { type EngineFixture, startEngineFixture } from './engine-fixture.ts'

// The stream of changed jobs, over real sockets.

const path = '/api/portal/v1/jobs/events'
const types = [
  jobType('quick', async (job) => await job.step('step_only', async () => ({ done: true })), {
    steps: [{ name: 'step_only', weight: 1 }],
  }),
  jobType('broken', async () => {
    throw new PermanentError('broken')
  }),
  jobType('long', async (job) => await untilAborted(job.signal), { queue: 'import' }),
]
const FINAL = ['completed', 'failed', 'cancelled']

/** A server whose rounds follow each other at once: what they do is waited for, not how long they take. */
const start = (eventStreams: EventStreamLimits = {}): Promise<EngineFixture> =>
  startEngineFixture(types, {
    server: { eventStreams: { roundMilliseconds: 20, ...eventStreams } },
    engine: { concurrency: { import: 2, maintenance: 1, light: 4, export: 1 } },
  })
const fixture = await start()
after(() => fixture[Symbol.asyncDispose]())
const { server, engine, admin, user, foreign } = fixture

const open = (token: string, headers: Record<string, string> = {}, on = fixture) =>
  openEvents(on.server.origin + path, token, headers)
const create = async (jobType: string, accountId: number | null = null, on = fixture) =>
  (await on.engine.create({ jobType, accountId })).jobId
/** Jobs that end with a result of 800 kB, more than a socket holds: made here, because a real job would take its time. */
async function endLoudly(on: EngineFixture, count: number): Promise<string[]> {
  const made = await sql<{ id: string }>`
    with made as (
      insert into job (id, root_job_id, job_type, job_state, percent_complete, result, started_at, finished_at)
      select id, id, 'loud', 'completed', 100, jsonb_build_object('text', repeat('x', 800000)), now(), now() from (select gen_random_uuid() as id from generate_series(1, ${count}::int)) new
      returning id
    )
    select id, pg_notify('job_changed', id::text) from made
  `.execute(on.database.db)
  return made.rows.map((row) => row.id)
}

/** Resolves when the client has received the end of each. */
async function hearsOfAll(client: EventClient, ids: readonly string[]): Promise<void> {
  const missing = new Set(ids)
  while (missing.size > 0) {
    const event = await client.next((each) => each.name === 'job')
    if (FINAL.includes(record(event).jobState)) missing.delete(record(event).id)
  }
}
const record = (event: ServerSentEvent) => event.data as JobRecord
const finalOf = (id: string) => (event: ServerSentEvent) =>
  event.name === 'job' && record(event).id === id && FINAL.includes(record(event).jobState)
const jobsIn = (client: EventClient) =>
  client
    .all()
    .filter((event) => event.name === 'job')
    .map(record)

test('a job comes as the list shows it, with the time of its change and its id as the id of the event', async () => {
  const client = await open(admin)
  assert.equal(client.status, 200)
  assert.match(client.headers['content-type'] ?? '', /^text\/event-stream/)
  assert.equal(client.headers['cache-control'], 'no-store, no-transform')
  assert.equal(client.headers['x-content-type-options'], 'nosniff', 'the headers of every other answer')
  assert.ok(client.headers['x-request-id'])
  const id = await create('quick')
  const event = await client.next(finalOf(id))
  const job = await jobRecord(engine, id)
  assert.deepEqual(event, { name: 'job', id: `${job.updatedAt}.${id}`, data: JSON.parse(JSON.stringify(job)) })
  const failing = await create('broken')
  assert.equal(record(await client.next(finalOf(failing))).jobState, 'failed')
  const cancelled = await create('long')
  await client.next((each) => record(each).id === cancelled && record(each).jobState === 'running')
  await engine.cancel(cancelled, 'by hand')
  assert.equal(record(await client.next(finalOf(cancelled))).jobState, 'cancelled')
  for (const one of [id, failing, cancelled]) {
    const times = jobsIn(client)
      .filter((each) => each.id === one)
      .map((each) => each.updatedAt)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      'never an older picture after a newer one',
    )
  }
  client.close()
})

test('each caller is told about the jobs of the account and of the whole server, never of another account', async () => {
  const clients = { admin: await open(admin), user: await open(user.token), foreign: await open(foreign.session) }
  const users = await create('quick', user.accountId)
  await Promise.all([clients.admin.next(finalOf(users)), clients.user.next(finalOf(users))])
  const foreigns = await create('quick', foreign.accountId)
  await Promise.all([clients.admin.next(finalOf(foreigns)), clients.foreign.next(finalOf(foreigns))])
  const shared = await create('quick')
  for (const client of Object.values(clients)) await client.next(finalOf(shared))
  // The last event of an earlier test's job may still have been on its way when these clients connected.
  const heard = (client: EventClient) => [...new Set(jobsIn(client).map((job) => job.id))].filter((id) => made.includes(id))
  const made = [users, foreigns, shared]
  assert.deepEqual(heard(clients.user), [users, shared])
  assert.deepEqual(heard(clients.foreign), [foreigns, shared])
  assert.deepEqual(heard(clients.admin), made)
  for (const [client, own] of [
    [clients.user, user.accountId],
    [clients.foreign, foreign.accountId],
  ] as const) {
    assert.ok(jobsIn(client).every((job) => job.accountId === own || job.accountId === null))
  }
  for (const client of Object.values(clients)) client.close()
})

test('a client that reconnects gets a reset first; one that connects for the first time does not', async () => {
  const first = await open(admin)
  const id = await create('quick')
  const { id: lastId } = await first.next(finalOf(id))
  first.close()
  assert.ok(lastId)
  const missed = await create('quick')
  await jobReaches(engine, missed)
  const again = await open(admin, { 'last-event-id': lastId })
  assert.deepEqual(await again.next(), { name: 'reset', id: null, data: {} })
  const later = await create('quick')
  await again.next(finalOf(later))
  assert.ok(!jobsIn(again).some((job) => job.id === id), 'nothing is replayed')
  assert.equal(first.all()[0]?.name, 'job')
  again.close()
})

test('clients get a reset when the notifications of the database are cut off', async () => {
  const client = await open(admin)
  await create('quick')
  await client.next()
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'chartroom-listen'
  `.execute(fixture.database.db)
  await client.next((event) => event.name === 'reset')
  const id = await create('quick')
  await client.next(finalOf(id))
  client.close()
})

test('fifty clients see how every job ended', async () => {
  const clients = await Promise.all(Array.from({ length: 50 }, (_, n) => open([admin, user.token][n % 2] ?? admin)))
  const ids = await Promise.all(
    Array.from({ length: 24 }, (_, n) => create(n % 4 === 0 ? 'broken' : 'quick', n % 3 === 0 ? user.accountId : null)),
  )
  await Promise.all(clients.map((client) => hearsOfAll(client, ids)))
  for (const client of clients) client.close()
})

test('a client that reads slowly misses changes, but not how a job ended', async () => {
  await using own = await start({ roundMilliseconds: 60_000, maximumBytes: 20_000_000 })
  const [client, reader] = [await open(own.admin, {}, own), await open(own.user.token, {}, own)]
  client.pause()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) {
    const some = await endLoudly(own, 5)
    await hearsOfAll(reader, some)
    ids.push(...some)
  }
  client.resume()
  await hearsOfAll(client, ids)
  assert.ok(client.all().every((event) => event.name === 'job'))
  for (const each of [client, reader]) each.close()
})

test('a client that has stopped reading gets a reset once too much waits', async () => {
  await using own = await start({ roundMilliseconds: 60_000, maximumBytes: 1_000_000 })
  const [client, reader] = [await open(own.admin, {}, own), await open(own.user.token, {}, own)]
  client.pause()
  for (let n = 0; n < 4; n++) {
    await endLoudly(own, 5)
    // A reset may come as well: either way the server has dealt with these.
    await reader.next()
  }
  client.resume()
  await client.next((event) => event.name === 'reset')
  const id = await create('quick', null, own)
  await client.next(finalOf(id))
  for (const each of [client, reader]) each.close()
})

test('a client that never reads again is given up, and its place is free', async () => {
  await using own = await start({ maximumStreams: 2, maximumBytes: 50_000_000 })
  const client = await open(own.admin, {}, own)
  client.pause()
  for (;;) {
    await endLoudly(own, 5)
    const next = await open(own.admin, {}, own)
    next.close()
    if (next.status === 200) break
    assert.equal(next.status, 429)
  }
  const reader = await open(own.user.token, {}, own)
  const id = await create('quick', null, own)
  await reader.next(finalOf(id))
  reader.close()
  client.close()
})

test('a heartbeat shows that the connection lives', async () => {
  const client = await open(admin)
  while (client.comments() < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.deepEqual(client.all(), [])
  client.close()
})

test('a stream ends with its session, its token, or the rights of its user; other streams continue', async () => {
  const { token } = await server.accounts.login({ username: 'admin', password: 'admin', clientAddress: '127.0.0.1' })
  const principal = await server.accounts.authenticate(admin)
  const made = await server.accounts.tokens.create(principal, { name: 'for one stream' })
  const kept = await open(admin)
  const [session, apiToken] = [await open(token.id), await open(made.id)]
  assert.equal((await server.call('POST', '/api/portal/v1/auth/logout', { token: token.id })).status, 204)
  await session.ended
  assert.equal((await server.call('DELETE', `/api/portal/v1/apiTokens/${made.id}`, { token: admin })).status, 204)
  await apiToken.ended

  const promoted = await open(user.token)
  await server.db.updateTable('app_user').set({ is_admin: true }).where('id', '=', user.userId).execute()
  await promoted.ended
  await server.db.updateTable('app_user').set({ is_admin: false }).where('id', '=', user.userId).execute()

  const id = await create('quick')
  await kept.next(finalOf(id))
  kept.close()
})

test('a password change ends the streams of the other sessions of the user', async () => {
  await using own = await start()
  const { token } = await own.server.accounts.login({ username: 'admin', password: 'admin', clientAddress: '127.0.0.1' })
  const [mine, other] = [await open(own.admin, {}, own), await open(token.id, {}, own)]
  const changed = await own.server.call('POST', '/api/portal/v1/user/passwordChange', {
    token: own.admin,
    json: { password: 'other' },
  })
  assert.equal(changed.status, 204)
  await other.ended
  const id = await create('quick', null, own)
  await mine.next(finalOf(id))
  mine.close()
})

test('there are so many streams and no more, of one user and in all; one that closes makes room', async () => {
  await using own = await start({ maximumStreams: 4 })
  const url = own.server.origin + path
  const open2 = [await openEvents(url, own.admin), await openEvents(url, own.admin)]
  const refused = await own.server.call('GET', path, { token: own.admin })
  assert.match(assertProblem(refused, 429, 'STREAM_LIMIT').detail, /^Your user has 2 event streams open/)
  assert.equal(refused.headers.get('retry-after'), '10')
  const others = [await openEvents(url, own.user.token), await openEvents(url, own.user.session)]
  const full = await own.server.call('GET', path, { token: own.foreign.token })
  assert.match(assertProblem(full, 429, 'STREAM_LIMIT').detail, /^This server has 4 event streams open/)
  others[0]?.close()
  for (;;) {
    const next = await openEvents(url, own.foreign.token)
    next.close()
    if (next.status === 200) break
  }
  for (const client of [...open2, ...others]) client.close()
})

test('only GET, and only with a valid token', async () => {
  assertProblem(await server.call('GET', path), 401, 'TOKEN_MISSING')
  assertProblem(await server.call('GET', `${path}?token=${user.token}`), 401, 'TOKEN_MISSING')
  assertProblem(await server.call('GET', path, { token: 'e'.repeat(32) }), 401, 'TOKEN_INVALID')
  assertProblem(await server.call('POST', path, { token: admin }), 405, 'METHOD_NOT_ALLOWED')
})

test('HEAD answers with the headers of the stream and opens none', async () => {
  const head = await server.call('HEAD', path, { token: admin })
  assert.equal(head.status, 200)
  assert.equal(head.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  assert.equal((await server.call('HEAD', path)).status, 401)
})

test('other methods are refused', async () => {
  assertProblem(await server.call('POST', path, { token: admin }), 405, 'METHOD_NOT_ALLOWED')
})

test('a server that stops ends every stream, also of a client that does not read', async () => {
  const own = await start({ roundMilliseconds: 60_000, maximumBytes: 50_000_000 })
  const [reader, silent] = [await open(own.admin, {}, own), await open(own.user.token, {}, own)]
  silent.pause()
  await hearsOfAll(reader, await endLoudly(own, 10))
  const closed = signal()
  void own[Symbol.asyncDispose]().then(closed.resolve, closed.reject)
  await reader.ended
  await closed.promise
  silent.close()
})

test('the duration of a stream is not counted as request time; a refused stream is counted', async () => {
  const answered = signal()
  await using other = await startEngineFixture(types, {
    server: {
      eventStreams: { roundMilliseconds: 20 },
      // Behind the hook that counts.
      prepare: (app) =>
        app.addHook('onResponse', async (request, reply) => {
          if (request.routeOptions.url === path && reply.statusCode === 200) answered.resolve()
        }),
    },
  })
  assert.equal((await open('nobody', {}, other)).status, 401)
  const session = await other.server.adminSession()
  const client = await open(session, {}, other)
  await other.server.call('POST', '/api/portal/v1/auth/logout', { token: session })
  await client.ended
  await answered.promise
  const lines = await metricsOf(other.server.origin)
  const count = (status: string) => sumOf(lines, 'chartroom_http_request_seconds_count', { route: path, status })
  assert.deepEqual([count('200'), count('401')], [0, 1])
})
