import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { createJobs } from '#jobs/jobs.ts'
import type { JobContext } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase } from '#test/database.ts'
import { assertListAnswer } from './assert-list-answer.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

// List Jobs, Create Job and Get Job Status on the real engine. The jobs of this test never end by themselves.

const path = '/api/portal/v1/jobs'
const untilAborted = async ({ signal }: JobContext): Promise<never> => {
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return await promise
}

const database = await createTestDatabase()
const engine = createJobs({
  db: database.db,
  url: database.url,
  log: silentLog(),
  names: ['clear-tiles', 'user-upload'],
  types: [
    {
      name: 'clear-tiles',
      queue: 'light',
      creatable: true,
      exclusive: true,
      steps: [{ name: 'step_clear', weight: 1 }],
      parse: noParameters,
      run: untilAborted,
    },
    {
      name: 'user-upload',
      queue: 'import',
      creatable: false,
      exclusive: false,
      steps: [],
      parse: noParameters,
      run: untilAborted,
    },
  ],
  concurrency: { import: 1, maintenance: 1, light: 1, export: 1 },
  soleWorker: true,
})
const fixture = await startFixture({ jobs: engine })
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await engine.close(1_000)
  await database.close()
})
await engine.start()
const admin = await fixture.adminSession()
const user = await addUser(fixture, 'someone')

test('Create Job, then Get Job Status and List Jobs tell of it', async () => {
  const created = await fixture.call('POST', path, { token: admin, json: { jobType: 'clear-tiles' } })
  assert.equal(created.status, 200, created.text)
  const { jobId, ...rest } = created.body as { jobId: string }
  assert.deepEqual(rest, { jobState: 'pending' })

  const { jobs: listed, pagination } = assertListAnswer((await fixture.call('GET', path, { token: admin })).body)
  assert.deepEqual(pagination, { limit: 25, offset: 0, total: 1 })
  const [job] = listed
  assert.equal(job?.id, jobId)
  assert.equal(job?.accountId, null)
  assert.equal(job?.result, null)
  assert.ok(job?.jobState === 'pending' || job?.jobState === 'running')
  assert.deepEqual(
    job?.steps.map((step) => step.stepName),
    ['step_clear'],
  )
  assert.deepEqual((await fixture.call('GET', `${path}/getJobStatus`, { token: admin })).body, {
    activeJobs: 1,
    isEditable: true,
  })

  const refused = await fixture.call('POST', path, { token: admin, json: { jobType: 'clear-tiles' } })
  assert.equal(assertProblem(refused, 409, 'JOB_TYPE_ACTIVE').jobId, job?.id)
  assertProblem(await fixture.call('POST', path, { token: admin, json: { jobType: 'user-upload' } }), 400, 'JOB_TYPE_NOT_ALLOWED')
})

test('each caller sees the jobs of the account and of the whole server; pages are stable and the total is true', async () => {
  const own = await engine.create({ jobType: 'user-upload', accountId: user.accountId })
  const foreign = await engine.create({ jobType: 'user-upload', accountId: user.accountId + 1 })
  const seen = async (token: string, query = '') => assertListAnswer((await fixture.call('GET', path + query, { token })).body)

  const all = await seen(admin)
  assert.deepEqual(
    all.jobs.map((job) => job.jobType),
    ['user-upload', 'user-upload', 'clear-tiles'],
  )
  assert.equal(all.jobs[0]?.id, foreign.jobId)
  const users = await seen(user.token)
  assert.deepEqual(
    users.jobs.map((job) => job.id),
    [own.jobId, all.jobs[2]?.id],
  )
  assert.equal(users.pagination.total, 2)
  assert.deepEqual((await fixture.call('GET', `${path}/getJobStatus`, { token: user.token })).body, {
    activeJobs: 2,
    isEditable: false,
  })

  const pages = [await seen(admin, '?limit=2'), await seen(admin, '?limit=2&offset=2'), await seen(admin, '?limit=2&offset=4')]
  assert.deepEqual(
    pages.flatMap((page) => page.jobs.map((job) => job.id)),
    all.jobs.map((job) => job.id),
  )
  assert.deepEqual(
    pages.map((page) => page.pagination.total),
    [3, 3, 3],
  )
  assert.deepEqual(pages[2]?.jobs, [])
  assert.equal((await seen(admin, '?activeOnly=true')).pagination.total, 3)
})

test('a page that the database does not give in five seconds is a 503 that says so, and holds nothing', async () => {
  await database.db.transaction().execute(async (trx) => {
    await sql`lock table job in access exclusive mode`.execute(trx)
    const answer = await fixture.call('GET', path, { token: admin })
    assert.match(assertProblem(answer, 503, 'QUERY_TIMEOUT').detail, /did not answer within 5 seconds/)
    assert.equal(answer.headers.get('retry-after'), '5')
  })
  assertListAnswer((await fixture.call('GET', path, { token: admin })).body)
})
