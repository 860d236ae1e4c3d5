import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { newId } from '#lib/ids.ts'
import { assertListAnswer } from './assert-list-answer.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, createFakeJobs, startFixture } from './server-fixture.ts'

// On a job service made up here, which can hold anything; jobs-engine.test.ts has the real one.

const jobs = createFakeJobs()
const fake = await startFixture({ jobs })
after(() => fake[Symbol.asyncDispose]())
const admin = await fake.adminSession()
const user = await addUser(fake, 'someone')

const path = '/api/portal/v1/jobs'

function makeRecord(changes: Partial<JobRecord> = {}): JobRecord {
  const id = newId()
  return {
    id,
    parentJobId: null,
    jobType: 'refresh-public-charts',
    jobState: 'completed',
    accountId: null,
    parameters: {},
    result: null,
    logs: [],
    percentComplete: 100,
    priority: 0,
    createdAt: 1_736_942_400_000,
    updatedAt: 1_736_946_000_000,
    steps: [],
    ...changes,
  }
}

test('a record is answered as it is: every type, null and nested value', async () => {
  const parent = makeRecord({ result: { cells: { checked: 28, names: ['US5GA22M'] }, bytes: 2 ** 40, note: 'ä⚓ "quoted"\n' } })
  const child = makeRecord({
    parentJobId: parent.id,
    accountId: 7,
    jobState: 'running',
    parameters: { uploadId: 5, nested: { list: [1, null, 'x'] } },
    percentComplete: 0,
    priority: -3,
    logs: [
      { timestamp: '2026-01-15T08:00:10.000+00:00', type: 'info', message: 'Indexing 12 cells' },
      { timestamp: '2026-01-15T08:00:11.123+00:00', type: 'warning', message: '' },
    ],
  })
  const step = { jobId: child.id, startedAt: null, completedAt: null, attempt: 0, result: null, error: null }
  child.steps = [
    {
      ...step,
      id: newId(),
      stepName: 'step_download_noaa',
      status: 'completed',
      startedAt: 1_736_942_410_000,
      completedAt: 1_736_943_100_000,
      result: { bytes: 5, list: [1] },
      attempt: 1,
    },
    { ...step, id: newId(), stepName: 'step_index_noaa', status: 'failed', error: { message: 'no' }, attempt: 2 },
    { ...step, id: newId(), stepName: 'step_later', status: 'skipped', result: 'text' },
  ]
  jobs.records.push(parent, child)
  const answer = await fake.call('GET', path, { token: admin })
  jobs.records.length = 0
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(assertListAnswer(answer.body), { jobs: [parent, child], pagination: { limit: 25, offset: 0, total: 2 } })
})

const accepted: [query: string, asked: { limit: number; offset: number; activeOnly: boolean }][] = [
  ['', { limit: 25, offset: 0, activeOnly: false }],
  ['?', { limit: 25, offset: 0, activeOnly: false }],
  ['?limit=1', { limit: 1, offset: 0, activeOnly: false }],
  ['?limit=200', { limit: 200, offset: 0, activeOnly: false }],
  ['?limit=201', { limit: 200, offset: 0, activeOnly: false }],
  ['?limit=99999999999999999999999', { limit: 200, offset: 0, activeOnly: false }],
  ['?limit=007', { limit: 7, offset: 0, activeOnly: false }],
  ['?offset=100000', { limit: 25, offset: 100_000, activeOnly: false }],
  ['?activeOnly=true&limit=10&offset=20', { limit: 10, offset: 20, activeOnly: true }],
  ['?activeOnly=false', { limit: 25, offset: 0, activeOnly: false }],
  ['?unknown=1&unknown=2&__proto__=x&constructor=y', { limit: 25, offset: 0, activeOnly: false }],
]

for (const [query, expected] of accepted) {
  test(`"${query}" asks for limit ${expected.limit}, offset ${expected.offset}, activeOnly ${expected.activeOnly}`, async () => {
    jobs.asked.length = 0
    const answer = await fake.call('GET', path + query, { token: admin })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(jobs.asked, [{ visibility: { all: true }, ...expected }])
    const { pagination } = assertListAnswer(answer.body)
    assert.deepEqual(pagination, { limit: expected.limit, offset: expected.offset, total: 0 })
  })
}

const refused: [query: string, field: string][] = [
  ['?limit=0', 'limit'],
  ['?limit=-0', 'limit'],
  ['?limit=-1', 'limit'],
  ['?limit=', 'limit'],
  ['?limit', 'limit'],
  ['?limit=abc', 'limit'],
  ['?limit=1.5', 'limit'],
  ['?limit=5.0', 'limit'],
  ['?limit=1e2', 'limit'],
  ['?limit=0x10', 'limit'],
  ['?limit=%205', 'limit'],
  ['?limit=+5', 'limit'],
  ['?limit=null', 'limit'],
  ['?limit=Infinity', 'limit'],
  ['?limit=5&limit=5', 'limit'],
  ['?offset=-1', 'offset'],
  ['?offset=', 'offset'],
  ['?offset=0.5', 'offset'],
  ['?offset=x', 'offset'],
  ['?offset=1&offset=2', 'offset'],
  ['?activeOnly=1', 'activeOnly'],
  ['?activeOnly=0', 'activeOnly'],
  ['?activeOnly=', 'activeOnly'],
  ['?activeOnly=True', 'activeOnly'],
  ['?activeOnly=yes', 'activeOnly'],
  ['?activeOnly=null', 'activeOnly'],
  ['?activeOnly=true&activeOnly=true', 'activeOnly'],
  ['?jobType=', 'jobType'],
  ['?jobState=', 'jobState'],
  ['?parentJobId=', 'parentJobId'],
]

for (const [query, field] of refused) {
  test(`"${query}" is refused and names ${field}`, async () => {
    jobs.asked.length = 0
    const problem = assertProblem(await fake.call('GET', path + query, { token: admin }), 400, 'VALIDATION_FAILED')
    assert.deepEqual(
      problem.errors?.map((error) => error.field),
      [field],
    )
    assert.ok(problem.detail.includes(field))
    assert.deepEqual(jobs.asked, [])
  })
}

test('every wrong parameter is named', async () => {
  const problem = assertProblem(
    await fake.call('GET', `${path}?limit=x&offset=-1&activeOnly=2`, { token: admin }),
    400,
    'VALIDATION_FAILED',
  )
  assert.deepEqual(problem.errors?.map((error) => error.field).toSorted(), ['activeOnly', 'limit', 'offset'])
})

test('a parameter that is given twice is refused with these words, also a text', async () => {
  const query = '?jobState=completed&jobState=failed&limit=5&limit=6'
  const problem = assertProblem(await fake.call('GET', path + query, { token: admin }), 400, 'VALIDATION_FAILED')
  assert.deepEqual(problem.errors, [
    { field: 'limit', message: 'must be given only once' },
    { field: 'jobState', message: 'must be given only once' },
  ])
})

test('an offset above 100,000 is refused and names the cursor parameter', async () => {
  for (const offset of ['100001', '99999999999999999999']) {
    const problem = assertProblem(await fake.call('GET', `${path}?offset=${offset}`, { token: admin }), 400, 'OFFSET_TOO_LARGE')
    assert.match(problem.detail, /\bcursor\b/)
    assert.equal(problem.errors?.[0]?.field, 'offset')
  }
})

test('others than administrators see their account and the whole server', async () => {
  for (const token of [user.token, user.session]) {
    jobs.asked.length = 0
    assert.equal((await fake.call('GET', path, { token })).status, 200)
    assert.deepEqual(jobs.asked[0]?.visibility, { all: false, accountId: user.accountId })
  }
})

test('without a valid token: 401', async () => {
  assertProblem(await fake.call('GET', path), 401, 'TOKEN_MISSING')
  assertProblem(await fake.call('GET', path, { token: '0'.repeat(32) }), 401, 'TOKEN_INVALID')
  assertProblem(await fake.call('GET', `${path}?token=${user.token}`), 401, 'TOKEN_MISSING')
  for (const authorization of [
    'Bearer',
    `Basic ${user.token}`,
    user.token,
    `Bearer ${user.token} x`,
    `Bearer ${user.token}, Bearer ${user.token}`,
  ]) {
    assertProblem(await fake.call('GET', path, { headers: { authorization } }), 401, 'TOKEN_MISSING')
  }
  const lower = await fake.call('GET', path, { headers: { authorization: `bearer  ${user.token}` } })
  assert.equal(lower.status, 200)
})

test('a trailing slash is the same path, and HEAD answers like GET without a body', async () => {
  assert.equal((await fake.call('GET', `${path}/?limit=1`, { token: admin })).status, 200)
  const head = await fake.call('HEAD', path, { token: admin })
  assert.equal(head.status, 200)
  assert.equal(head.text, '')
  assertProblem(await fake.call('GET', path, {}), 401, 'TOKEN_MISSING')
  assert.equal((await fake.call('HEAD', path, {})).status, 401)
})

test('answers may not be kept by caches', async () => {
  const answer = await fake.call('GET', path, { token: admin })
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})
