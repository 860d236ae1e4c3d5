import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const admin = await fixture.adminSession()
const user = await addUser(fixture, 'someone')
const path = '/api/portal/v1/jobs'

test('an administrator starts each of the three types', async () => {
  for (const jobType of ['refresh-public-charts', 'clear-tiles', 'vacuum-analyze']) {
    const answer = await fixture.call('POST', path, { token: admin, json: { jobType, ignored: true } })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(Object.keys(answer.body as object), ['jobId', 'jobState'])
  }
})

test('a type that may not be started is answered with those that may', async () => {
  for (const jobType of ['user-upload', 'nonsense', '', 'Clear-Tiles', '__proto__']) {
    const problem = assertProblem(
      await fixture.call('POST', path, { token: admin, json: { jobType } }),
      400,
      'JOB_TYPE_NOT_ALLOWED',
    )
    assert.match(problem.detail, /refresh-public-charts, clear-tiles, vacuum-analyze/)
  }
})

test('a missing type, or one that is not a string, is refused', async () => {
  for (const json of [{}, { jobType: null }, { jobType: 1 }, { jobType: ['clear-tiles'] }, [], 'clear-tiles', null]) {
    assertProblem(await fixture.call('POST', path, { token: admin, json }), 400, 'VALIDATION_FAILED')
  }
  const problem = assertProblem(await fixture.call('POST', path, { token: admin }), 400, 'VALIDATION_FAILED')
  assert.match(problem.detail, /The request body is not valid: it must be a JSON object/)
})

test('users other than administrators are refused before anything else, and Get Job Status says so', async () => {
  assertProblem(await fixture.call('POST', path, { token: user.token, json: { jobType: 'clear-tiles' } }), 403, 'ADMIN_REQUIRED')
  assertProblem(await fixture.call('POST', path, { token: user.session, json: {} }), 403, 'ADMIN_REQUIRED')
  assertProblem(await fixture.call('POST', path, { json: { jobType: 'clear-tiles' } }), 401, 'TOKEN_MISSING')
  const status = async (token: string) => (await fixture.call('GET', `${path}/getJobStatus`, { token })).body
  assert.deepEqual(await status(user.token), { activeJobs: 0, isEditable: false })
  assert.deepEqual(await status(admin), { activeJobs: 0, isEditable: true })
})
