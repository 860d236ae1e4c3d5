import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createServerClock } from '../lib/server-clock.ts'
import { createApiClient } from './api-client.ts'
import { ApiError } from './errors.ts'
import { createPortalApi } from './portal-api.ts'
import { createRequester } from './request.ts'
import { createSessionStore } from './session-store.ts'

const BASE = 'http://boat.test/charts/'

function apiInHand(answer: () => Response) {
  const none = { getItem: () => null, setItem: () => {}, removeItem: () => {} }
  const session = createSessionStore({ session: none, local: none }, null)
  session.signIn({ token: '0'.repeat(32), username: 'kim', userId: 1, keep: false })
  const sent: string[] = []
  const requester = createRequester({
    base: BASE,
    session,
    clock: createServerClock(Date.now),
    fetch: async (request) => {
      const body = await request.clone().text()
      const signed = request.headers.has('authorization') ? ' signed' : ''
      sent.push(`${request.method} ${request.url.replace(BASE, '')}${body === '' ? '' : ` ${body}`}${signed}`)
      return answer()
    },
  })
  return { api: createPortalApi(createApiClient(requester, BASE), requester), sent }
}

const json = (body: unknown, status = 200) => Response.json(body, { status })

test('calls start from the folder of the portal, so a sub-folder of a proxy works', async () => {
  const { api, sent } = apiInHand(() => json({ activeJobs: 2, isEditable: true }))
  assert.deepEqual(await api.status(), { activeJobs: 2, isEditable: true })
  assert.deepEqual(sent, ['GET api/portal/v1/jobs/getJobStatus signed'])
})

test('a list asks only for what is given, and an empty cursor for the first page', async () => {
  const { api, sent } = apiInHand(() => json({ jobs: [], pagination: {} }))
  await api.jobs({ cursor: null, limit: 50, states: ['failed', 'cancelled'], parent: 'none' })
  assert.deepEqual(sent, [
    'GET api/portal/v1/jobs?limit=50&cursor=&jobState=failed%2Ccancelled&parentJobId=none&view=summary signed',
  ])
})

test('sign-in sends no session', async () => {
  const { api, sent } = apiInHand(() => json({ token: { id: 'x' } }))
  await api.login('kim', 'harbour')
  assert.deepEqual(sent, ['POST api/portal/v1/auth/login {"username":"kim","password":"harbour"}'])
})

test('an empty answer is a success', async () => {
  const { api, sent } = apiInHand(() => new Response(null, { status: 204 }))
  await api.changePassword('harbour')
  await api.retry('a/b', 'step_index')
  assert.deepEqual(sent, [
    'POST api/portal/v1/user/passwordChange {"password":"harbour"} signed',
    'POST api/portal/v1/jobs/a%2Fb/retry {"fromStep":"step_index"} signed',
  ])
})

test('a job that is not there is null, and any other error is thrown', async () => {
  const answers = [json({ code: 'NOT_FOUND' }, 404), json({ code: 'BUSY' }, 503)]
  const { api } = apiInHand(() => answers.shift() ?? json({}))
  assert.equal(await api.job('x'), null)
  await assert.rejects(api.job('x'), (error) => error instanceof ApiError && error.code === 'BUSY')
})
