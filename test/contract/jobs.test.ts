import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  assertProblemAnswer,
  assertUnauthorized,
  type ContractServer,
  isTime,
  keysOf,
  startContractServer,
  UUID,
} from './contract-server.ts'

// The documented pages on jobs, row by row and status by status, against the real server.

interface Job {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: string
  accountId: number | null
  parameters: object
  result: object | null
  logs: { timestamp: string; type: string; message: string }[]
  percentComplete: number
  priority: number
  createdAt: number
  updatedAt: number
  steps: { id: string; jobId: string; stepName: string; status: string; attempt: number }[]
}

const JOBS = '/api/portal/v1/jobs'
const JOB_KEYS = [
  ...['accountId', 'createdAt', 'id', 'jobState', 'jobType', 'logs', 'parameters', 'parentJobId', 'percentComplete'],
  ...['priority', 'result', 'steps', 'updatedAt'],
]
const STEP_KEYS = ['attempt', 'completedAt', 'error', 'id', 'jobId', 'result', 'startedAt', 'status', 'stepName']

/** A source of charts that keeps a refresh waiting until the test releases it. */
const waiting: ServerResponse[] = []
const source = createServer((_request, response) => void waiting.push(response)).listen(0, '127.0.0.1')
let server: ContractServer
before(async () => {
  if (!source.listening) await once(source, 'listening')
  const { port } = source.address() as AddressInfo
  const catalogue = `http://127.0.0.1:${port}/ENCProdCat.xml`
  server = await startContractServer({ PUBLIC_CHARTS_URL: catalogue, PUBLIC_INLAND_CHARTS_URL: '' })
})
after(async () => {
  await server?.close()
  source.closeAllConnections()
  source.close()
})

const list = async (query = '', token = server.admin) =>
  await server.call<{ jobs: Job[]; pagination: { limit: number; offset: number; total: number } }>('GET', JOBS + query, { token })
const create = (json: object, token = server.admin) =>
  server.call<{ jobId: string; jobState: string; code?: string }>('POST', JOBS, { token, json })
const status = async (token = server.admin) => (await server.call('GET', `${JOBS}/getJobStatus`, { token })).body

async function ends(id: string): Promise<Job> {
  for (;;) {
    const job = (await list()).body.jobs.find((each) => each.id === id)
    if (job !== undefined && job.jobState !== 'pending' && job.jobState !== 'running') return job
    await sleep(50)
  }
}

test('Create Job starts each documented type, and is 400 for a missing one and for one that cannot be started', async () => {
  for (const jobType of ['clear-tiles', 'vacuum-analyze']) {
    const { status, body } = await create({ jobType })
    assert.deepEqual([status, keysOf(body), body.jobState], [200, ['jobId', 'jobState'], 'pending'])
    assert.match(body.jobId, UUID)
    assert.equal((await ends(body.jobId)).jobState, 'completed')
  }
  for (const json of [{}, { jobType: 'user-upload' }, { jobType: 'nonsense' }, { jobType: 5 }]) {
    const answer = await create(json)
    assert.equal(answer.status, 400, JSON.stringify(json))
    assertProblemAnswer(answer)
  }
})

test('Create Job is 401 without a token, and 403 for users who are not administrators', async () => {
  await assertUnauthorized(server, 'POST', JOBS, { jobType: 'clear-tiles' })
  assert.equal((await create({ jobType: 'clear-tiles' }, server.other)).status, 403)
})

test('while a refresh runs, a second is 409, and it counts as active; afterwards it has ended for good', async () => {
  const { body, status: created } = await create({ jobType: 'refresh-public-charts' })
  assert.equal(created, 200)
  const second = await create({ jobType: 'refresh-public-charts' })
  assert.equal(second.status, 409)
  assertProblemAnswer(second)
  assert.deepEqual(await status(), { activeJobs: 1, isEditable: true })
  const active = (await list('?activeOnly=true')).body
  assert.deepEqual([active.jobs.map(({ id }) => id), active.pagination.total], [[body.jobId], 1])
  const [running] = active.jobs
  assert.deepEqual([running?.accountId, running?.parentJobId, running?.result], [null, null, null])
  assert.deepEqual(running?.steps.map(({ stepName }) => stepName).slice(0, 2), ['step_download_noaa', 'step_index_noaa'])
  while (waiting.length === 0) await sleep(20)
  source.removeAllListeners('request').on('request', (_request, response) => response.writeHead(404).end())
  for (const response of waiting) response.writeHead(404).end()
  assert.equal((await ends(body.jobId)).jobState, 'failed')
  assert.deepEqual((await list('?activeOnly=true')).body.jobs, [])
})

test('Get Job Status counts the active jobs and says whether the caller may create jobs; 401 without a token', async () => {
  assert.deepEqual(await status(), { activeJobs: 0, isEditable: true })
  assert.deepEqual(await status(server.other), { activeJobs: 0, isEditable: false })
  await assertUnauthorized(server, 'GET', `${JOBS}/getJobStatus`)
})

test('List Jobs returns full records, newest first, with a total; limit is capped at 200', async () => {
  for (let i = 0; i < 3; i++) await ends((await create({ jobType: 'clear-tiles' })).body.jobId)
  const { status: code, body } = await list()
  assert.equal(code, 200)
  assert.deepEqual(
    [keysOf(body), keysOf(body.pagination)],
    [
      ['jobs', 'pagination'],
      ['limit', 'offset', 'total'],
    ],
  )
  assert.deepEqual(body.pagination, { limit: 25, offset: 0, total: body.jobs.length })
  assert.deepEqual(
    body.jobs.map(({ createdAt }) => createdAt),
    body.jobs.map(({ createdAt }) => createdAt).toSorted((a, b) => b - a),
  )
  for (const job of body.jobs) {
    assert.deepEqual(keysOf(job), JOB_KEYS)
    assert.match(job.id, UUID)
    assert.ok(isTime(job.createdAt) && isTime(job.updatedAt) && job.priority === 0)
    assert.ok(Number.isInteger(job.percentComplete) && job.percentComplete >= 0 && job.percentComplete <= 100)
    for (const step of job.steps) {
      assert.deepEqual([keysOf(step), step.jobId], [STEP_KEYS, job.id])
      assert.ok(['pending', 'running', 'completed', 'failed', 'skipped', 'cancelled'].includes(step.status))
    }
    for (const line of job.logs) assert.match(line.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  }
  const page = (await list('?limit=2&offset=1')).body
  assert.deepEqual(page, { jobs: body.jobs.slice(1, 3), pagination: { limit: 2, offset: 1, total: body.jobs.length } })
  assert.equal((await list('?limit=500')).body.pagination.limit, 200)
  assert.deepEqual((await list('?offset=1000')).body.jobs, [])
})

test('List Jobs is 400 for parameters that mean nothing, and 401 without a token', async () => {
  for (const query of [
    'limit=0',
    'limit=x',
    'limit=1.5',
    'offset=-1',
    'offset=x',
    'activeOnly=yes',
    'activeOnly=1',
    'offset=100001',
  ]) {
    const answer = await list(`?${query}`)
    assert.equal(answer.status, 400, query)
    assertProblemAnswer(answer)
  }
  await assertUnauthorized(server, 'GET', JOBS)
})

test('users who are not administrators see the jobs of their account and those of the whole server', async () => {
  const { body } = await list('', server.other)
  assert.ok(body.jobs.length > 0)
  assert.ok(body.jobs.every(({ accountId }) => accountId === null))
})
