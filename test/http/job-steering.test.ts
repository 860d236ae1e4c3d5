import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FanOut } from '#jobs/model/job-type.ts'
import type { JobDetail } from '#jobs/read/get-job.ts'
import { PermanentError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { jobReaches, jobType, signal, untilAborted } from '#test/jobs.ts'
import { assertProblem } from './assert-problem.ts'
import { startEngineFixture } from './engine-fixture.ts'

// Cancel and Retry. What becomes of a job in each state and race is tested on the engine: test/jobs/cancel.test.ts and
// test/jobs/retry.test.ts.

const path = '/api/portal/v1/jobs'
const steps = ['step_one', 'step_two', 'step_three'].map((name) => ({ name, weight: 1 }))
const ran: string[] = []
const runs = signal()
const fixture = await startEngineFixture([
  jobType('user-upload', async (job) => await untilAborted(job.signal), { queue: 'import' }),
  jobType(
    'clear-tiles',
    async (job) => {
      runs.resolve()
      return await untilAborted(job.signal)
    },
    { queue: 'maintenance', exclusive: true },
  ),
  jobType(
    'in-steps',
    async (job) => {
      for (const { name } of steps) {
        await job.step(name, async () => {
          ran.push(name)
          if (name === 'step_three' && job.attempt === 1) throw new PermanentError('broken at the end')
          return { name }
        })
      }
      return { attempts: job.attempt }
    },
    { steps },
  ),
  jobType('tree', async () => new FanOut([{ jobType: 'leaf', parameters: {} }], { onChildFailure: 'fail' })),
  jobType('leaf', async (job) => {
    if (job.attempt === 1) throw new PermanentError('not at first')
    return {}
  }),
])
after(() => fixture[Symbol.asyncDispose]())
const { server, engine, admin, user, foreign } = fixture

const post = async (id: string, verb: 'cancel' | 'retry', token?: string, json?: unknown) =>
  await server.call('POST', `${path}/${id}/${verb}`, {
    ...(token === undefined ? {} : { token }),
    ...(json === undefined ? {} : { json }),
  })
const done = async (answer: Promise<{ status: number; text: string; body: unknown }>) => {
  const { status, text, body } = await answer
  assert.equal(status, 200, text)
  return body as JobDetail
}
const create = async (jobType: string, accountId: number | null = null) => (await engine.create({ jobType, accountId })).jobId

test('Cancel: a running job shows the request and ends as cancelled; a second and a later request change nothing', async () => {
  const id = await create('clear-tiles')
  await runs.promise
  const asked = await done(post(id, 'cancel', admin))
  assert.equal(asked.id, id)
  assert.ok(asked.cancelRequestedAt !== null)
  assert.ok(asked.jobState === 'running' || asked.jobState === 'cancelled')
  assert.equal((await done(post(id, 'cancel', admin, { ignored: true }))).cancelRequestedAt, asked.cancelRequestedAt)
  await jobReaches(engine, id, ['cancelled'])
  const ended = await done(server.call('GET', `${path}/${id}`, { token: admin }))
  assert.deepEqual(await done(post(id, 'cancel', admin)), ended)
})

test('Cancel: a pending job is cancelled in the answer', async () => {
  const blockers = [await create('user-upload', user.accountId), await create('user-upload', user.accountId)]
  for (const id of blockers) await jobReaches(engine, id, ['running'])
  const id = await create('user-upload', user.accountId)
  const job = await done(post(id, 'cancel', user.token))
  assert.equal(job.jobState, 'cancelled')
  assert.ok(job.finishedAt !== null)
  for (const blocker of blockers) {
    await done(post(blocker, 'cancel', user.session))
    await jobReaches(engine, blocker, ['cancelled'])
  }
})

test('Retry: the same job with a new attempt; finished steps are kept, unless fromStep asks for them', async () => {
  const id = await create('in-steps', user.accountId)
  await jobReaches(engine, id, ['failed'])
  const answer = await done(post(id, 'retry', user.token))
  assert.equal(answer.id, id)
  assert.equal(answer.error, null)
  const completed = await jobReaches(engine, id)
  assert.deepEqual([completed.jobState, completed.result], ['completed', { attempts: 2 }])
  assert.deepEqual(ran.splice(0), ['step_one', 'step_two', 'step_three', 'step_three'])

  for (const [body, expected] of [
    [{ fromStep: 'step_two' }, ['step_two', 'step_three']],
    [{ fromStep: null }, ['step_three']],
    [{}, ['step_three']],
    [null, ['step_three']],
  ] as const) {
    const again = await create('in-steps', user.accountId)
    await jobReaches(engine, again, ['failed'])
    ran.length = 0
    await done(post(again, 'retry', user.token, body))
    assert.equal((await jobReaches(engine, again)).jobState, 'completed')
    assert.deepEqual(ran.splice(0), expected)
  }
})

test('Retry: of a tree through its root, and of a child through itself', async () => {
  const root = await create('tree', user.accountId)
  await jobReaches(engine, root, ['failed'])
  await done(post(root, 'retry', user.token))
  assert.equal((await jobReaches(engine, root)).jobState, 'completed')

  const other = await create('tree', user.accountId)
  await jobReaches(engine, other, ['failed'])
  const [child = ''] = (await done(server.call('GET', `${path}/${other}`, { token: user.token }))).childJobIds
  await done(post(child, 'retry', user.token))
  assert.equal((await jobReaches(engine, other)).jobState, 'completed')
})

test('Retry: 409 while it is active, when it has completed, and when another of its type is active', async () => {
  const id = await create('clear-tiles')
  assertProblem(await post(id, 'retry', admin), 409, 'JOB_ACTIVE')
  await done(post(id, 'cancel', admin))
  await jobReaches(engine, id, ['cancelled'])
  const other = await create('clear-tiles')
  assert.equal(assertProblem(await post(id, 'retry', admin), 409, 'JOB_TYPE_ACTIVE').jobId, other)
  await done(post(other, 'cancel', admin))
  await jobReaches(engine, other, ['cancelled'])

  const completed = await create('in-steps')
  await jobReaches(engine, completed, ['failed'])
  await done(post(completed, 'retry', admin))
  await jobReaches(engine, completed, ['completed'])
  assertProblem(await post(completed, 'retry', admin), 409, 'JOB_COMPLETED')
})

test('Retry: two at the same moment: one is done, the other finds the job active', async () => {
  const id = await create('clear-tiles')
  await done(post(id, 'cancel', admin))
  await jobReaches(engine, id, ['cancelled'])
  const answers = await Promise.all([post(id, 'retry', admin), post(id, 'retry', admin)])
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409])
  await done(post(id, 'cancel', admin))
  await jobReaches(engine, id, ['cancelled'])
})

test('Retry: a step that does not exist, a wrong body and an unknown member are refused', async () => {
  const id = await create('in-steps')
  await jobReaches(engine, id, ['failed'])
  const unknown = assertProblem(await post(id, 'retry', admin, { fromStep: 'step_none' }), 400, 'JOB_STEP_UNKNOWN')
  assert.match(unknown.detail, /step_one, step_two, step_three/)
  for (const body of [
    { fromStep: 1 },
    { fromStep: ['step_one'] },
    { fromstep: 'step_one' },
    [],
    'step_one',
    { fromStep: 'x\0' },
  ]) {
    assertProblem(await post(id, 'retry', admin, body), 400, 'VALIDATION_FAILED')
  }
  const torn = await server.call('POST', `${path}/${id}/retry`, {
    token: admin,
    body: '{"fromStep":',
    headers: { 'content-type': 'application/json' },
  })
  assertProblem(torn, 400, 'INVALID_JSON')
  assert.equal((await engine.get({ all: true }, id))?.jobState, 'failed')
})

for (const verb of ['cancel', 'retry'] as const) {
  test(`${verb}: who may`, async () => {
    const own = await create('in-steps', user.accountId)
    const shared = await create('in-steps')
    for (const id of [own, shared]) await jobReaches(engine, id, ['failed'])
    const before = await engine.get({ all: true }, shared)

    assertProblem(await post(own, verb), 401, 'TOKEN_MISSING')
    assertProblem(await post(own, verb, 'e'.repeat(32)), 401, 'TOKEN_INVALID')
    assertProblem(await post(own, verb, foreign.token), 404, 'JOB_NOT_FOUND')
    assertProblem(await post(shared, verb, user.token), 403, 'ADMIN_REQUIRED')
    assertProblem(await post(shared, verb, foreign.session), 403, 'ADMIN_REQUIRED')
    assertProblem(await post(newId(), verb, admin), 404, 'JOB_NOT_FOUND')
    assertProblem(await post('nonsense', verb, admin), 404, 'JOB_NOT_FOUND')
    assert.deepEqual(await engine.get({ all: true }, shared), before, 'nothing of this has changed it')

    await done(post(own, verb, user.token))
    await done(post(shared, verb, admin))
    assertProblem(await server.call('GET', `${path}/${own}/${verb}`, { token: admin }), 405, 'METHOD_NOT_ALLOWED')
  })
}
