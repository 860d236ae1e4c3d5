import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { JobSummary } from '#jobs/model/job-summary.ts'
import { FanOut } from '#jobs/model/job-type.ts'
import { startedBy } from '#jobs/model/starter.ts'
import { PermanentError } from '#lib/errors.ts'
import { jobReaches, jobType, signal, untilAborted } from '#test/jobs.ts'
import { openEvents } from '#test/server-sent-events.ts'
import { assertProblem } from './assert-problem.ts'
import { startEngineFixture } from './engine-fixture.ts'

// The view of jobs without logs: list, single job and event stream.

const path = '/api/portal/v1/jobs'
const childrenMayEnd = signal()
const fixture = await startEngineFixture([
  jobType('clear-tiles', async (job) => {
    job.log.info('cleared')
    return await job.step('step_clear', async () => ({ files: 3 }))
  }),
  jobType('refresh-public-charts', async () => ({})),
  jobType('broken', async () => {
    throw new PermanentError('the file is torn')
  }),
  jobType('blocked', async (job) => await untilAborted(job.signal), { queue: 'maintenance' }),
  jobType(
    'user-upload',
    async () =>
      new FanOut(
        [1, 2, 3].map((n) => ({ jobType: 'index-custom-encs', parameters: { n } })),
        { onChildFailure: 'report' },
      ),
    { queue: 'import' },
  ),
  jobType(
    'index-custom-encs',
    async (job) => {
      if (job.parameters['n'] === 1) throw new PermanentError('unreadable')
      await childrenMayEnd.promise
      return {}
    },
    { queue: 'import' },
  ),
])
after(() => fixture[Symbol.asyncDispose]())
const { server, engine, admin, user, foreign } = fixture

const summary = async (id: string, token = admin) => {
  const answer = await server.call('GET', `${path}/${id}?view=summary`, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as JobSummary
}
const listed = async (query = '', token = admin) => {
  const answer = await server.call('GET', `${path}?view=summary&limit=200${query}`, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as { jobs: JobSummary[]; pagination: { total: number; nextCursor?: string | null } }
}
const create = async (jobType: string, accountId: number | null = null) => (await engine.create({ jobType, accountId })).jobId

test('a summary is the record without logs, with times, attempt, error, children and starter', async () => {
  const { jobId } = (await server.call('POST', path, { token: admin, json: { jobType: 'clear-tiles' } })).body as {
    jobId: string
  }
  await jobReaches(engine, jobId, ['completed'])
  const full = (await server.call('GET', path, { token: admin })).body as { jobs: JobRecord[] }
  const { logs, ...record } = full.jobs[0] as JobRecord
  assert.equal(logs.length, 1)
  const { startedAt, finishedAt, ...rest } = await summary(jobId)
  assert.ok(startedAt !== null && finishedAt !== null && record.createdAt <= startedAt && startedAt <= finishedAt)
  assert.deepEqual(rest, {
    ...record,
    cancelRequestedAt: null,
    attempt: 1,
    waitingReason: null,
    error: null,
    children: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 },
    startedBy: { kind: 'user', userId: rest.startedBy?.userId, username: 'admin' },
  })
  assert.ok(Number.isInteger(rest.startedBy?.userId))
  assert.deepEqual((await listed()).jobs[0], await summary(jobId))
})

test('a failed job has its error, and a job of which no starter is known says null', async () => {
  const id = await create('broken')
  await jobReaches(engine, id, ['failed'])
  const job = await summary(id)
  assert.deepEqual(job.error, { name: 'PermanentError', message: 'the file is torn' })
  assert.equal(job.startedBy, null)
})

test('a job that the schedule started says so', async () => {
  const { jobId } = await engine.create({ jobType: 'clear-tiles', accountId: null, startedBy: startedBy('schedule') })
  await jobReaches(engine, jobId, ['completed'])
  assert.deepEqual((await summary(jobId)).startedBy, { kind: 'schedule', userId: null, username: null })
})

test('pending jobs say how many are ahead of them, up to a hundred', async () => {
  const first = await create('blocked')
  await jobReaches(engine, first, ['running'])
  const second = await create('blocked')
  const third = await create('blocked')
  const reasons = new Map((await listed('&activeOnly=true')).jobs.map((job) => [job.id, job.waitingReason]))
  assert.equal(reasons.get(first), null)
  assert.equal(reasons.get(second), 'waits for a free worker')
  assert.equal(reasons.get(third), '1 job is ahead of it in its queue')
  const many: string[] = []
  for (let n = 0; n < 101; n++) many.push(await create('blocked'))
  assert.equal((await summary(many[97] as string)).waitingReason, '99 jobs are ahead of it in its queue')
  assert.equal((await summary(many[99] as string)).waitingReason, 'more than 100 jobs are ahead of it in its queue')
  for (const id of [...many.toReversed(), third, second, first]) await engine.cancel(id, 'end of the test')
  await jobReaches(engine, first, ['cancelled'])
})

test('children are counted by state, and their starter is their parent', async () => {
  const client = await openEvents(`${server.origin}${path}/events?view=summary`, user.session)
  const parent = await create('user-upload', user.accountId)
  await client.next((event) => {
    const job = event.data as JobSummary
    return event.name === 'job' && job.parentJobId === parent && job.jobState === 'failed'
  })
  const children = (await listed(`&parentJobId=${parent}`)).jobs
  assert.equal(children.length, 3)
  for (const child of children) assert.deepEqual(child.startedBy, { kind: 'job', userId: null, username: null })
  const waiting = await summary(parent)
  assert.equal(waiting.children.failed, 1)
  assert.equal(waiting.children.pending + waiting.children.running, 2)
  assert.equal(waiting.waitingReason, 'waits for 2 of 3 child jobs')
  childrenMayEnd.resolve()
  const ended = await client.next((event) => {
    const job = event.data as JobSummary
    return event.name === 'job' && job.id === parent && job.jobState === 'completed'
  })
  assert.deepEqual(ended.data, await summary(parent))
  assert.deepEqual((ended.data as JobSummary).children, { pending: 0, running: 0, completed: 2, failed: 1, cancelled: 0 })
  for (const { name, data } of client.all()) if (name === 'job') assert.ok(!Object.hasOwn(data as object, 'logs'))
  client.close()
})

test('streams of both views report the same end, each in its view', async () => {
  const full = await openEvents(`${server.origin}${path}/events`, admin)
  const short = await openEvents(`${server.origin}${path}/events?view=summary`, admin)
  const stranger = await openEvents(`${server.origin}${path}/events?view=summary`, foreign.session)
  const own = await create('clear-tiles', user.accountId)
  const shared = await create('clear-tiles')
  const endOf = (id: string) => (event: { name: string; data: unknown }) =>
    event.name === 'job' && (event.data as JobRecord).id === id && (event.data as JobRecord).jobState === 'completed'
  for (const id of [own, shared]) {
    const { data: long } = await full.next(endOf(id))
    const { data: brief } = await short.next(endOf(id))
    assert.ok(Object.hasOwn(long as object, 'logs') && !Object.hasOwn(long as object, 'startedBy'))
    assert.ok(!Object.hasOwn(brief as object, 'logs') && Object.hasOwn(brief as object, 'startedBy'))
  }
  await stranger.next(endOf(shared))
  assert.ok(stranger.all().every((event) => (event.data as JobRecord | null)?.id !== own))
  for (const client of [full, short, stranger]) client.close()
})

test('a job of another account has no summary, and a view that does not exist is refused', async () => {
  const own = await create('clear-tiles', user.accountId)
  await jobReaches(engine, own, ['completed'])
  const asked = (token: string, query: string) => server.call('GET', `${path}/${own}${query}`, { token })
  assertProblem(await asked(foreign.token, '?view=summary'), 404, 'JOB_NOT_FOUND')
  assert.ok((await listed('', foreign.token)).jobs.every((job) => job.accountId === null))
  for (const url of [`${path}/${own}?view=full`, `${path}?view=brief`, `${path}?view=`, `${path}/events?view=x`]) {
    const problem = assertProblem(await server.call('GET', url, { token: admin }), 400, 'VALIDATION_FAILED')
    assert.match(problem.detail, /view must be summary/)
  }
})

test('a refresh through the cloud-style API records its user', async () => {
  const { jobId } = (await server.call('POST', '/api/v1/charts/refresh', { token: admin })).body as { jobId: string }
  await jobReaches(engine, jobId, ['completed'])
  const { startedBy: starter } = await summary(jobId)
  assert.deepEqual([starter?.kind, starter?.username], ['user', 'admin'])
})
