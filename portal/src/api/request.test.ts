import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createServerClock } from '../lib/server-clock.ts'
import { ApiError, SessionOverError, UnreachableError } from './errors.ts'
import { createRequester } from './request.ts'
import { createSessionStore } from './session-store.ts'

const OLD = '0'.repeat(32)
const NEW = '1'.repeat(32)
const none = { getItem: () => null, setItem: () => {}, removeItem: () => {} }

function requesterInHand(answer: (token: string | null, url: URL) => Response) {
  const session = createSessionStore({ session: none, local: none }, null)
  const sent: string[] = []
  const requester = createRequester({
    base: 'http://boat.test/charts/',
    session,
    clock: createServerClock(Date.now),
    fetch: async (request) => {
      const url = new URL(request.url)
      const token = request.headers.get('authorization')
      sent.push(`${request.method} ${url.pathname}${url.search} ${token}`)
      return answer(token, url)
    },
  })
  return { session, requester, sent }
}

const read = (name: string) => new Request(`http://boat.test/charts/api/${name}`)
const change = (name: string) => new Request(read(name), { method: 'POST', body: '{}' })
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

test('a read waits for the user to sign in again and is then sent again', async () => {
  const { requester, sent, session } = requesterInHand((token) => (token === `Bearer ${NEW}` ? json([1]) : json({}, 401)))
  session.signIn({ token: OLD, username: 'kim', userId: 1, keep: false })
  const reads = [requester.fetch(read('a')), requester.fetch(read('b'))]
  await new Promise((done) => setTimeout(done))
  assert.equal(session.over.get(), true)
  session.signIn({ token: NEW, username: 'kim', userId: 1, keep: false })
  assert.deepEqual(await Promise.all((await Promise.all(reads)).map((answer) => answer.json())), [[1], [1]])
  assert.equal(sent.length, 4)
})

test('a change is not repeated without the user’s knowledge', async () => {
  const { requester, sent, session } = requesterInHand(() => json({}, 401))
  session.signIn({ token: OLD, username: 'kim', userId: 1, keep: false })
  await assert.rejects(requester.fetch(change('a')), SessionOverError)
  assert.equal(session.over.get(), true)
  assert.equal(sent.length, 1)
})

test('a problem keeps its detail, code, request id and members', async () => {
  const body = {
    detail: 'A job of this type is active.',
    code: 'JOB_TYPE_ACTIVE',
    jobId: 'x',
    errors: [{ field: 'a', message: 'b' }],
  }
  const { requester } = requesterInHand(
    () => new Response(JSON.stringify(body), { status: 409, headers: { 'x-request-id': 'r7', 'retry-after': '3' } }),
  )
  await assert.rejects(requester.fetchAnonymously(read('a')), (error) => {
    assert.ok(error instanceof ApiError)
    assert.deepEqual(
      [error.message, error.code, error.requestId, error.retryAfter, error.members.jobId, error.fields.length],
      ['A job of this type is active.', 'JOB_TYPE_ACTIVE', 'r7', 3, 'x', 1],
    )
    return true
  })
})

test('no response is distinguished from an error response', async () => {
  const { requester } = requesterInHand(() => {
    throw new TypeError('Failed to fetch')
  })
  await assert.rejects(requester.fetchAnonymously(read('a')), UnreachableError)
  assert.deepEqual(requester.health(), { answeredAt: null, servedAt: null, served: 0, status: null })
})

test('a reverse proxy without its server counts as no answer, and the 503 of the server itself as one', async () => {
  const page = (status: number) => new Response('<h1>Bad Gateway</h1>', { status, headers: { 'content-type': 'text/html' } })
  for (const status of [502, 503, 504]) {
    const { requester } = requesterInHand(() => page(status))
    await assert.rejects(requester.fetchAnonymously(read('a')), UnreachableError)
    assert.deepEqual(requester.health(), { answeredAt: null, servedAt: null, served: 0, status: null })
  }
  const headers = { 'content-type': 'application/problem+json' }
  const { requester } = requesterInHand(() => new Response('{"detail":"Starting."}', { status: 503, headers }))
  await assert.rejects(requester.fetchAnonymously(read('a')), /^ApiError: Starting\.$/)
})

test('a file that a reverse proxy takes for too large is refused with the setting to raise', async () => {
  const { requester } = requesterInHand(() => new Response('<h1>Request Entity Too Large</h1>', { status: 413 }))
  await assert.rejects(requester.fetchAnonymously(change('a')), /larger than a reverse proxy .*client_max_body_size/)
})
