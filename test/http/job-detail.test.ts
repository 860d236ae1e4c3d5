import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { FanOut } from '#jobs/model/job-type.ts'
import type { JobDetail } from '#jobs/read/get-job.ts'
import type { LogPage } from '#jobs/read/read-job-log.ts'
import { PermanentError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { jobReaches, jobRecord, jobType, signal, untilAborted } from '#test/jobs.ts'
import { assertProblem } from './assert-problem.ts'
import { startEngineFixture } from './engine-fixture.ts'

// Get Job and its log.

const path = '/api/portal/v1/jobs'
const parentWaits = signal()
const childMayEnd = signal()
const fixture = await startEngineFixture([
  jobType('clear-tiles', async (job) => {
    for (let n = 1; n <= 250; n++) job.log[n % 3 === 0 ? 'warning' : 'info'](`line ${n}`)
    return await job.step('step_clear', async () => ({ files: 3 }))
  }),
  jobType('broken', async () => {
    throw new PermanentError('the file is torn')
  }),
  jobType('blocked', async (job) => await untilAborted(job.signal), { queue: 'maintenance' }),
  jobType(
    'user-upload',
    async () =>
      new FanOut(
        [1, 2].map((n) => ({ jobType: 'index-custom-encs', parameters: { n } })),
        { onChildFailure: 'fail' },
      ),
    { queue: 'import' },
  ),
  jobType(
    'index-custom-encs',
    async () => {
      parentWaits.resolve()
      await childMayEnd.promise
      return {}
    },
    { queue: 'import' },
  ),
])
after(() => fixture[Symbol.asyncDispose]())
const { server, engine, admin, user, foreign } = fixture

const get = async (id: string, token = admin) => await server.call('GET', `${path}/${id}`, { token })
const detail = async (id: string, token = admin) => {
  const answer = await get(id, token)
  assert.equal(answer.status, 200, answer.text)
  return answer.body as JobDetail
}
const create = async (jobType: string, accountId: number | null = null) => (await engine.create({ jobType, accountId })).jobId

test('a job is what the list shows, and its children, error, times and attempt', async () => {
  const id = await create('clear-tiles')
  const listed = await jobReaches(engine, id, ['completed'])
  const { childJobIds, error, startedAt, finishedAt, cancelRequestedAt, attempt, waitingReason, ...record } = await detail(id)
  assert.deepEqual(record, JSON.parse(JSON.stringify(listed)))
  assert.equal(record.logs.length, 100)
  assert.deepEqual([childJobIds, error, cancelRequestedAt, attempt, waitingReason], [[], null, null, 1, null])
  assert.ok(startedAt !== null && finishedAt !== null && record.createdAt <= startedAt && startedAt <= finishedAt)
  assert.deepEqual(await detail(id.toUpperCase()), await detail(id))
})

test('a failed job says why', async () => {
  const id = await create('broken')
  await jobReaches(engine, id, ['failed'])
  const job = await detail(id)
  assert.deepEqual(job.error, { name: 'PermanentError', message: 'the file is torn' })
  assert.deepEqual(job.result, { error: 'the file is torn' })
})

test('an active job that is not at work says what it waits for', async () => {
  const first = await create('blocked')
  await jobReaches(engine, first, ['running'])
  const second = await create('blocked')
  const third = await create('blocked')
  assert.equal((await detail(first)).waitingReason, null)
  assert.equal((await detail(second)).waitingReason, 'waits for a free worker')
  assert.equal((await detail(third)).waitingReason, '1 job is ahead of it in its queue')
  // A retried job waits behind those that came in the meantime, however old it is.
  await engine.cancel(second, 'later')
  await engine.retry(second, null)
  assert.equal((await detail(third)).waitingReason, 'waits for a free worker')
  assert.equal((await detail(second)).waitingReason, '1 job is ahead of it in its queue')
  for (const id of [third, second, first]) await engine.cancel(id, 'end of the test')

  const parent = await create('user-upload', user.accountId)
  await parentWaits.promise
  const waiting = await detail(parent)
  assert.equal(waiting.childJobIds.length, 2)
  assert.equal(waiting.waitingReason, 'waits for 2 of 2 child jobs')
  for (const id of waiting.childJobIds) assert.equal((await detail(id)).parentJobId, parent)
  childMayEnd.resolve()
  await jobReaches(engine, parent, ['completed'])
})

test('who may see it: administrators, the account, and everyone what is of the whole server; for others it does not exist', async () => {
  const own = await create('clear-tiles', user.accountId)
  const shared = await create('clear-tiles')
  for (const id of [own, shared]) await jobReaches(engine, id, ['completed'])
  for (const suffix of ['', '/logs']) {
    const status = async (id: string, token: string) => (await server.call('GET', `${path}/${id}${suffix}`, { token })).status
    assert.deepEqual([await status(own, admin), await status(own, user.token), await status(own, foreign.token)], [200, 200, 404])
    assert.deepEqual(
      [await status(shared, admin), await status(shared, user.session), await status(shared, foreign.token)],
      [200, 200, 200],
    )
    const hidden = await server.call('GET', `${path}/${own}${suffix}`, { token: foreign.token })
    const problem = assertProblem(hidden, 404, 'JOB_NOT_FOUND')
    // What does not exist is answered in the same words.
    const missing = newId()
    const none = assertProblem(
      await server.call('GET', `${path}/${missing}${suffix}`, { token: foreign.token }),
      404,
      'JOB_NOT_FOUND',
    )
    assert.deepEqual({ ...problem, detail: problem.detail.replace(own, missing) }, none)
    for (const id of ['nonsense', '1', `${own}0`, '%20', "x'--", own.replaceAll('-', '')]) {
      assertProblem(await server.call('GET', `${path}/${id}${suffix}`, { token: admin }), 404, 'JOB_NOT_FOUND')
    }
    assertProblem(await server.call('GET', `${path}/${own}${suffix}`), 401, 'TOKEN_MISSING')
    assertProblem(await server.call('GET', `${path}/${own}${suffix}`, { token: 'e'.repeat(32) }), 401, 'TOKEN_INVALID')
  }
})

test('the log comes whole, page by page, and can be followed', async () => {
  const id = await create('clear-tiles')
  await jobReaches(engine, id, ['completed'])
  const page = async (query: string) => {
    const answer = await server.call('GET', `${path}/${id}/logs${query}`, { token: admin })
    assert.equal(answer.status, 200, answer.text)
    return answer.body as LogPage
  }
  const all = await page('?limit=1000')
  assert.deepEqual(Object.keys(all.logs[0] ?? {}), ['seq', 'attempt', 'timestamp', 'type', 'message'])
  const own = all.logs.filter((line) => line.message.startsWith('line '))
  assert.deepEqual(
    own.map((line) => [line.message, line.type]),
    Array.from({ length: 250 }, (_, n) => [`line ${n + 1}`, (n + 1) % 3 === 0 ? 'warning' : 'info']),
  )
  assert.match(own[0]?.timestamp ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  assert.equal((await page('')).logs.length, 200)

  const pieces: LogPage['logs'] = []
  for (let after = 0, last = -1; after !== last; ) {
    last = after
    const piece = await page(`?after=${after}&limit=77`)
    assert.ok(piece.logs.length <= 77)
    pieces.push(...piece.logs)
    after = piece.nextAfter
  }
  assert.deepEqual(pieces, all.logs)
  // Nothing new yet: the same place again, so that a client can keep polling.
  assert.deepEqual(await page(`?after=${all.nextAfter}`), { logs: [], nextAfter: all.nextAfter })
  assert.deepEqual(await page('?after=2147483647'), { logs: [], nextAfter: 2_147_483_647 })
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message) values (${id}, ${all.nextAfter + 1}, now(), 2, 1, 'later')
  `.execute(fixture.database.db)
  const later = await page(`?after=${all.nextAfter}`)
  assert.deepEqual(
    later.logs.map((line) => [line.message, line.type]),
    [['later', 'error']],
  )
})

test('the end of a log comes first with tail, and the pages before it in order, across gaps and attempts', async () => {
  const id = await create('broken')
  await jobReaches(engine, id, ['failed'])
  await sql`delete from job_log where job_id = ${id}`.execute(fixture.database.db)
  // Lines 41 to 90 were dropped, and from 151 on it is the second attempt.
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select ${id}::uuid, n, now(), n % 3, case when n > 150 then 2 else 1 end, 'line ' || n from generate_series(1, 200) n
    where n not between 41 and 90
  `.execute(fixture.database.db)
  const page = async (query: string) => {
    const answer = await server.call('GET', `${path}/${id}/logs${query}`, { token: admin })
    assert.equal(answer.status, 200, answer.text)
    return answer.body as LogPage
  }
  const all = await page('?limit=1000')
  assert.equal(all.logs.length, 150)
  const tail = await page('?tail=30')
  assert.deepEqual(tail, { logs: all.logs.slice(-30), nextAfter: 200 })
  let found = tail.logs
  for (let first = found[0]?.seq; first !== undefined; ) {
    const before = await page(`?before=${first}&limit=17`)
    found = [...before.logs, ...found]
    first = before.logs[0]?.seq
  }
  assert.deepEqual(found, all.logs)
  assert.deepEqual(await page('?before=91&limit=2'), { logs: all.logs.slice(38, 40), nextAfter: 40 })
  assert.deepEqual(await page('?before=1'), { logs: [], nextAfter: 0 })
  assert.deepEqual((await page('?tail=5000')).logs, all.logs)
  assert.deepEqual((await page(`?after=${tail.nextAfter}`)).logs, [])

  for (const [query, field] of [
    ['?tail=0', 'tail'],
    ['?tail=x', 'tail'],
    ['?before=0', 'before'],
    ['?before=2147483648', 'before'],
    ['?before=5&tail=5', 'tail'],
    ['?after=1&before=5', 'before'],
    ['?after=1&tail=5', 'tail'],
  ] as const) {
    const problem = assertProblem(
      await server.call('GET', `${path}/${id}/logs${query}`, { token: admin }),
      400,
      'VALIDATION_FAILED',
    )
    assert.deepEqual(
      problem.errors?.map((error) => error.field),
      [field],
      query,
    )
  }
  const own = await create('broken', user.accountId)
  assertProblem(await server.call('GET', `${path}/${own}/logs?tail=5`, { token: foreign.token }), 404, 'JOB_NOT_FOUND')
})

test('a log page takes up to 1,000 lines, however many are asked for', async () => {
  const id = await create('broken')
  await jobReaches(engine, id, ['failed'])
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select ${id}::uuid, n, now(), 0, 1, 'n' from generate_series(1000, 2500) n
  `.execute(fixture.database.db)
  const answer = await server.call('GET', `${path}/${id}/logs?limit=99999999999`, { token: admin })
  assert.equal((answer.body as LogPage).logs.length, 1_000)
})

for (const [query, field] of [
  ['?after=-1', 'after'],
  ['?after=x', 'after'],
  ['?after=', 'after'],
  ['?after=1.5', 'after'],
  ['?after=2147483648', 'after'],
  ['?after=1&after=2', 'after'],
  ['?limit=0', 'limit'],
  ['?limit=-5', 'limit'],
  ['?limit=ten', 'limit'],
] as const) {
  test(`a log page "${query}" is refused and names ${field}`, async () => {
    const id = await create('broken')
    const problem = assertProblem(
      await server.call('GET', `${path}/${id}/logs${query}`, { token: admin }),
      400,
      'VALIDATION_FAILED',
    )
    assert.deepEqual(
      problem.errors?.map((error) => error.field),
      [field],
    )
  })
}

test('the record of the list is not changed by any of this', async () => {
  const id = await create('clear-tiles')
  await jobReaches(engine, id, ['completed'])
  const answer = await server.call('GET', `${path}?limit=1`, { token: admin })
  const [job] = (answer.body as { jobs: object[] }).jobs
  assert.deepEqual(Object.keys(job ?? {}), Object.keys(await jobRecord(engine, id)))
})
