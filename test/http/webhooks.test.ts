import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { isPrivateAddress } from '#lib/private-address.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, startTestJobs } from '#test/jobs.ts'
import { createTestWebhooks, startTestSender } from '#test/webhooks.ts'
import type { DeliveryRecord, WebhookWithSecret } from '#webhooks/webhook-record.ts'
import { addUser, type Fixture, startFixture } from './server-fixture.ts'

// Webhooks from the request that makes one to the message at its receiver, which the library of the specification verifies.

let database: TestDatabase
let fixture: Fixture
let token: string
let accountId: number

before(async () => {
  database = await createTestDatabase()
  fixture = await startFixture({ charts: { database, storage: createFolderStore('unused-blobs') } })
  const user = await addUser(fixture, 'mate')
  token = user.token
  accountId = user.accountId
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await database.close()
})

interface Received {
  headers: Record<string, string>
  body: string
}

/** A receiver that answers with these statuses in turn, and repeats the last one. */
async function startReceiver(...statuses: number[]) {
  const received: Received[] = []
  let waiting: (() => void)[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 204
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    for (const wake of waiting) wake()
    waiting = []
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async until(count: number) {
      while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function create(body: Record<string, unknown>): Promise<WebhookWithSecret> {
  const answer = await fixture.call('POST', '/api/portal/v1/webhooks', { token, json: body })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as WebhookWithSecret
}

async function remove({ id }: { id: number }): Promise<void> {
  assert.equal((await fixture.call('DELETE', `/api/portal/v1/webhooks/${id}`, { token })).status, 204)
}

async function deliveries({ id }: { id: number }): Promise<DeliveryRecord[]> {
  const answer = await fixture.call('GET', `/api/portal/v1/webhooks/${id}/deliveries`, { token })
  return (answer.body as { deliveries: DeliveryRecord[] }).deliveries
}

/** Waits until the newest delivery is in a state. */
async function settles(webhook: { id: number }, state: DeliveryRecord['state']): Promise<DeliveryRecord> {
  for (;;) {
    const [newest] = await deliveries(webhook)
    if (newest?.state === state) return newest
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const startJobs = () =>
  startTestJobs(database, [
    jobType('sail', async () => ({ miles: 12 })),
    jobType('sink', async () => {
      throw new Error('a leak')
    }),
  ])

test('a receiver that fails twice and then accepts gets the message once more, with a valid signature', async () => {
  await using receiver = await startReceiver(500, 503, 204)
  await using _sender = startTestSender(database.db)
  await using jobs = await startJobs()
  const webhook = await create({ url: receiver.url, jobStates: ['completed'] })
  const { jobId } = await jobs.create({ jobType: 'sail', accountId })
  await receiver.until(3)
  const delivery = await settles(webhook, 'delivered')
  assert.equal(delivery.attempts, 3)
  assert.equal(delivery.status, 204)
  assert.equal((await deliveries(webhook)).length, 1)
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1)
  const verifier = new Webhook(webhook.secret)
  for (const { headers, body } of receiver.received) {
    const message = verifier.verify(body, headers) as { type: string; data: Record<string, unknown> }
    assert.equal(message.type, 'job.completed')
    assert.equal(message.data['jobId'], jobId)
    assert.equal(message.data['jobType'], 'sail')
    assert.deepEqual(message.data['result'], { miles: 12 })
    assert.throws(() => verifier.verify(`${body} `, headers))
  }
  await remove(webhook)
})

test('a receiver that never accepts is given up after the last attempt, with the reason', async () => {
  await using receiver = await startReceiver(410)
  await using _sender = startTestSender(database.db)
  const webhook = await create({ url: receiver.url })
  await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  const delivery = await settles(webhook, 'failed')
  assert.equal(delivery.attempts, 5)
  assert.equal(delivery.status, 410)
  assert.equal(delivery.error, 'The receiver answered 410 Gone: there is nothing at this address any more.')
  assert.equal(delivery.words, `${delivery.error} Given up after 5 attempts: it is not sent again.`)
  await remove(webhook)
})

test('a receiver that takes no connections is reported as such, without a status', async () => {
  await using _sender = startTestSender(database.db, { backOff: [] })
  const { url } = await (async () => {
    await using receiver = await startReceiver()
    return receiver
  })()
  const webhook = await create({ url })
  await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  const { status, error } = await settles(webhook, 'failed')
  assert.equal(status, null)
  assert.equal(error, 'The receiver could not be reached: nothing takes connections at its address (ECONNREFUSED).')
  await remove(webhook)
})

test('a redirect is not followed', async () => {
  await using receiver = await startReceiver(302)
  await using _sender = startTestSender(database.db, { backOff: [] })
  const webhook = await create({ url: receiver.url })
  await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  assert.match((await settles(webhook, 'failed')).error ?? '', /answered 302 Found: redirects are not followed/)
  assert.equal(receiver.received.length, 1)
  await remove(webhook)
})

test('a webhook is told about the states and types that it names, of its account and of the whole server, and about nothing else', async () => {
  await using receiver = await startReceiver(204)
  await using jobs = await startJobs()
  const all = await create({ url: receiver.url })
  const failures = await create({ url: receiver.url, jobStates: ['failed'] })
  const typed = await create({ url: receiver.url, jobTypes: ['sink'] })
  const paused = await create({ url: receiver.url, active: false })
  const other = await addUser(fixture, 'other')
  const own = await jobs.create({ jobType: 'sail', accountId })
  const whole = await jobs.create({ jobType: 'sink', accountId: null })
  const foreign = await jobs.create({ jobType: 'sail', accountId: other.accountId })
  for (const { jobId } of [own, whole, foreign]) await jobReaches(jobs, jobId)
  const heard = async (webhook: { id: number }) => (await deliveries(webhook)).map(({ jobId }) => jobId).toReversed()
  assert.deepEqual(await heard(all), [own.jobId, whole.jobId])
  assert.deepEqual(await heard(failures), [whole.jobId])
  assert.deepEqual(await heard(typed), [whole.jobId])
  assert.deepEqual(await heard(paused), [])
  for (const each of [all, failures, typed, paused]) await remove(each)
})

test('the message is queued by the transaction that ends the job, so that no crash loses it', async () => {
  await using jobs = await startJobs()
  const webhook = await create({ url: 'https://hooks.example/' })
  const { jobId } = await jobs.create({ jobType: 'sail', accountId })
  await jobReaches(jobs, jobId)
  const rows = await sql<{ same: boolean }>`
    select delivery.xmin = job.xmin as same from webhook_delivery delivery join job on job.id = delivery.job_id
    where delivery.webhook_id = ${webhook.id}`.execute(database.db)
  assert.deepEqual(rows.rows, [{ same: true }])
  await remove(webhook)
})

test('a delivery whose process died while sending is sent again with its next attempt', async () => {
  await using receiver = await startReceiver(204)
  const webhook = await create({ url: receiver.url })
  await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  // As a killed process leaves it: claimed, without an outcome, and its lease has run out.
  await sql`update webhook_delivery set attempts = 1, next_attempt_at = now() - interval '1 second' where webhook_id = ${webhook.id}`.execute(
    database.db,
  )
  await using _sender = startTestSender(database.db)
  assert.equal((await settles(webhook, 'delivered')).attempts, 2)
  await remove(webhook)
})

test('several senders deliver each message once', async () => {
  await using receiver = await startReceiver(204)
  const webhook = await create({ url: receiver.url })
  for (let n = 0; n < 20; n++) await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  await using _one = startTestSender(database.db)
  await using _two = startTestSender(database.db)
  await receiver.until(20)
  while ((await deliveries(webhook)).some(({ state }) => state !== 'delivered'))
    await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(receiver.received.length, 20)
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 20)
  await remove(webhook)
})

test('after a rotation both secrets sign, and the old one stops after a day', async () => {
  await using receiver = await startReceiver(204)
  await using _sender = startTestSender(database.db)
  const webhook = await create({ url: receiver.url })
  const rotated = await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/secret`, { token })
  const { secret } = rotated.body as WebhookWithSecret
  assert.notEqual(secret, webhook.secret)
  const send = () => fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
  await send()
  await receiver.until(1)
  const [first] = receiver.received
  for (const each of [webhook.secret, secret]) new Webhook(each).verify(first?.body ?? '', first?.headers ?? {})
  await sql`update webhook set previous_secret_until = now() where id = ${webhook.id}`.execute(database.db)
  await send()
  await receiver.until(2)
  const second = receiver.received[1]
  new Webhook(secret).verify(second?.body ?? '', second?.headers ?? {})
  assert.throws(() => new Webhook(webhook.secret).verify(second?.body ?? '', second?.headers ?? {}))
  await remove(webhook)
})

test('the secret is shown once', async () => {
  const webhook = await create({ url: 'https://hooks.example/' })
  assert.match(webhook.secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  for (const path of ['', `/${webhook.id}`, `/${webhook.id}/deliveries`]) {
    const { text } = await fixture.call('GET', `/api/portal/v1/webhooks${path}`, { token })
    assert.equal(text.includes('whsec_'), false)
  }
  await remove(webhook)
})

test('by default a receiver on a private address is refused, both when it is named and when its name leads there later', async () => {
  await using receiver = await startReceiver(204)
  const strict = createTestWebhooks(database.db, { guard: { allowPrivate: false } })
  const settings = { jobStates: ['completed' as const], jobTypes: null, active: true }
  for (const host of [
    '127.0.0.1',
    '[::1]',
    '10.0.0.1',
    '192.168.1.4',
    '169.254.169.254',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    'localhost',
  ]) {
    await assert.rejects(strict.create(accountId, { ...settings, url: `http://${host}/` }), { code: 'WEBHOOK_URL_REFUSED' }, host)
  }
  // The address was stored while it was allowed, or under a name that resolved elsewhere; the sender checks each connection.
  await using _sender = startTestSender(database.db, { guard: { allowPrivate: false, isPrivate: isPrivateAddress }, backOff: [] })
  for (const url of [receiver.url, receiver.url.replace('127.0.0.1', 'localhost')]) {
    const webhook = await create({ url })
    await fixture.call('POST', `/api/portal/v1/webhooks/${webhook.id}/test`, { token })
    assert.match((await settles(webhook, 'failed')).error ?? '', /leads to this machine or a private network/)
    await remove(webhook)
  }
  assert.equal(receiver.received.length, 0)
})

test('wrong settings are refused with the reason', async () => {
  for (const body of [
    { url: 'ftp://hooks.example/' },
    { url: 'hooks.example' },
    { url: 'https://user:password@hooks.example/' },
    { url: 'https://hooks.example/', jobStates: [] },
    { url: 'https://hooks.example/', jobStates: ['pending'] },
    { url: 'https://hooks.example/', jobTypes: ['Sail!'] },
    {},
  ]) {
    const { status, body: problem } = await fixture.call('POST', '/api/portal/v1/webhooks', { token, json: body })
    assert.equal(status, 400, JSON.stringify(body))
    assert.equal((problem as { code: string }).code, 'VALIDATION_FAILED')
  }
})

test('a webhook is changed member by member, and belongs only to its account', async () => {
  const webhook = await create({ url: 'https://hooks.example/' })
  const path = `/api/portal/v1/webhooks/${webhook.id}`
  const changed = await fixture.call('POST', path, { token, json: { active: false, jobTypes: ['user-upload'] } })
  const { url, active, jobTypes } = changed.body as WebhookWithSecret
  assert.deepEqual({ url, active, jobTypes }, { url: 'https://hooks.example/', active: false, jobTypes: ['user-upload'] })
  const stranger = await addUser(fixture, 'stranger')
  for (const [method, each] of [
    ['GET', path],
    ['POST', path],
    ['POST', `${path}/secret`],
    ['POST', `${path}/test`],
    ['GET', `${path}/deliveries`],
    ['DELETE', path],
  ] as const) {
    const json = each === path && method === 'POST' ? { json: { active: true } } : {}
    assert.equal((await fixture.call(method, each, { token: stranger.token, ...json })).status, 404, `${method} ${each}`)
  }
  await remove(webhook)
})

test('the ends that a webhook is told about can be named by the types of the messages', async () => {
  const webhook = await create({ url: 'https://hooks.example/x', events: ['job.cancelled', 'job.failed'] })
  assert.deepEqual((webhook as { events?: string[] }).events, ['job.failed', 'job.cancelled'])
  assert.deepEqual(webhook.jobStates, ['failed', 'cancelled'])
  const path = `/api/portal/v1/webhooks/${webhook.id}`
  const change = async (json: Record<string, unknown>) => await fixture.call('POST', path, { token, json })
  assert.deepEqual((await change({ events: ['job.completed'] })).body, {
    ...((await fixture.call('GET', path, { token })).body as object),
    ...{ jobStates: ['completed'], events: ['job.completed'] },
  })
  assert.deepEqual(((await change({ active: false })).body as WebhookWithSecret).jobStates, ['completed'])
  for (const json of [{ events: ['job.completed'], jobStates: ['failed'] }, { events: ['completed'] }, { events: [] }]) {
    const { status, text } = await change(json)
    assert.equal(status, 400)
    assert.match(text, /\/events/)
  }
  await remove(webhook)
})

test('an account has at most 20 webhooks', async () => {
  const made: WebhookWithSecret[] = []
  for (let n = 0; n < 20; n++) made.push(await create({ url: 'https://hooks.example/' }))
  const { status, body } = await fixture.call('POST', '/api/portal/v1/webhooks', {
    token,
    json: { url: 'https://hooks.example/' },
  })
  assert.equal(status, 400)
  assert.equal((body as { code: string }).code, 'WEBHOOK_LIMIT')
  for (const each of made) await remove(each)
})
