import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import type { App } from '#http/base/app.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

/** Requests of the probe wait here until they are released. */
const held: PromiseWithResolvers<void>[] = []
let arrived = Promise.withResolvers<void>()
const fixture = await startFixture({
  workLimits: { query: { concurrency: 1, waiting: 8, waitingPerClient: 1, waitMilliseconds: 600_000 } },
  prepare(app) {
    void app.register(async (scope: App) => {
      scope.get('/api/v1/probe/query', { config: { auth: 'core', work: 'query' } }, async ({ principal }) => {
        const gate = Promise.withResolvers<void>()
        held.push(gate)
        arrived.resolve()
        await gate.promise
        return { is: principal?.user.username }
      })
    })
  },
})
after(() => fixture[Symbol.asyncDispose]())
const one = await addUser(fixture, 'one')
const other = await addUser(fixture, 'other')

const ask = (token: string) => fixture.call('GET', '/api/v1/probe/query', { token })

async function release(): Promise<void> {
  await arrived.promise
  arrived = Promise.withResolvers()
  held.shift()?.resolve()
}

test('a client with too much waiting work gets 429 with Retry-After; other clients and other kinds of work continue', async () => {
  const running = ask(one.token)
  await arrived.promise
  // Of these two, one waits and the other is refused.
  const both = [ask(one.token), ask(one.token)]
  const refused = await Promise.race(both)
  assertProblem(refused, 429, 'TOO_MANY_REQUESTS')
  assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/)
  const waiting = ask(other.token)
  assert.equal((await fixture.call('GET', '/api/v1/cells', { token: one.token })).status, 200, 'a list has places of its own')
  for (let count = 0; count < 3; count++) await release()
  assert.deepEqual((await Promise.all([running, ...both, waiting])).map(({ status }) => status).toSorted(), [200, 200, 200, 429])
})

test('a client that leaves while it waits or works gives its place back', async () => {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${one.token}` }
  const working = fetch(`${fixture.origin}/api/v1/probe/query`, { headers, signal: leaving.signal })
  await arrived.promise
  arrived = Promise.withResolvers()
  held.shift()
  leaving.abort()
  await assert.rejects(working)
  const next = ask(other.token)
  await release()
  assert.equal((await next).status, 200)
})

test('a client that leaves while its token is looked up keeps no place', async () => {
  const { recognise } = fixture.accounts
  const looked = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  const known = Promise.withResolvers<void>()
  fixture.accounts.recognise = async (...given) => {
    looked.resolve()
    await left.promise
    return await recognise(...given).finally(known.resolve)
  }
  fixture.app.server.once('connection', (socket) => socket.once('close', () => left.resolve()))
  const headers = { authorization: `Bearer ${one.token}` }
  const leaving = request(`${fixture.origin}/api/v1/probe/query`, { headers, agent: false }).on('error', () => undefined)
  leaving.end()
  await looked.promise
  leaving.destroy()
  await known.promise
  fixture.accounts.recognise = recognise
  const { text } = await fixture.call('GET', '/metrics')
  assert.match(text, /chartroom_http_work\{kind="query",state="running"\} 0/)
  assert.equal(held.length, 0, 'nothing works for a client that has gone')
})

test('the metrics show the work of each kind', async () => {
  const { text } = await fixture.call('GET', '/metrics')
  assert.match(text, /chartroom_http_work\{kind="query",state="running"\} 0/)
})
