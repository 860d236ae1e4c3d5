import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { App } from '#http/base/app.ts'
import { describeApi } from '#http/describe-api.ts'
import { startFixture } from './server-fixture.ts'

let database: () => Promise<void> = async () => {}
const fixture = await startFixture({
  version: '1.2.3',
  healthTimeout: 50,
  health: [
    { name: 'database', check: () => database() },
    { name: 'storage', check: async () => {} },
  ],
})
after(() => fixture[Symbol.asyncDispose]())
const { call } = fixture

test('liveness checks nothing; readiness checks everything and says which part fails, not why', async () => {
  assert.deepEqual((await call('GET', '/health/ready')).body, { status: 'ok', checks: { database: 'ok', storage: 'ok' } })
  const broken: [name: string, check: () => Promise<void>][] = [
    ['fails', async () => Promise.reject(new Error('password 12345'))],
    [
      'throws',
      () => {
        throw new Error('password 12345')
      },
    ],
    ['never answers', () => new Promise(() => {})],
  ]
  for (const [name, check] of broken) {
    database = check
    const ready = await call('GET', '/health/ready')
    assert.equal(ready.status, 503, name)
    assert.deepEqual(ready.body, { status: 'unavailable', checks: { database: 'failed', storage: 'ok' } }, name)
    const live = await call('GET', '/health/live')
    assert.deepEqual([live.status, live.body], [200, { status: 'ok' }])
  }
  database = async () => {}
  assert.equal((await call('GET', '/health/ready')).status, 200)
})

test('the index page names the version, and each of its links works', async () => {
  const answer = await call('GET', '/')
  const { name, version, links } = answer.body as { name: string; version: string; links: Record<string, string> }
  assert.deepEqual([name, version], ['Chartroom', '1.2.3'])
  for (const link of Object.values(links)) assert.equal((await call('GET', link)).status, 200, link)

  const page = await call('GET', '/', { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(page.headers.get('vary') ?? '', /Accept/)
  assert.match(page.text, /Chartroom 1\.2\.3/)
  for (const [, link] of page.text.matchAll(/<a href="([^"]+)"/g)) assert.equal((await call('GET', link ?? '')).status, 200, link)
})

interface Operation {
  summary?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string; required?: boolean }[]
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
}

test('the description has every route, with its token, its answers and no open reference', async () => {
  const answer = await call('GET', '/api/openapi.json')
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body, await describeApi('1.2.3'))
  const document = answer.body as {
    openapi: string
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, unknown>; examples: Record<string, unknown> }
  }
  assert.equal(document.openapi, '3.1.0')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  )
  assert.equal(operations.length, 112)
  for (const { name, operation } of operations) {
    assert.ok(operation.summary, name)
    const guarded =
      !/ \/$|\/health\/|\/metrics$|\/signalk$|openapi\.json|\/attributions$|\/login|\/static\/|\/downloads\/|\/assets\/|\/api\/docs$/.test(
        name,
      )
    assert.equal((operation.security?.length ?? 0) > 0, guarded, name)
    assert.equal('401' in operation.responses, guarded || name.endsWith('/login'), name)
  }
  const optional = document.paths['/api/portal/v1/jobs']?.['get']?.parameters?.map(({ name, required }) => [
    name,
    required ?? false,
  ])
  assert.deepEqual(optional, [
    ['activeOnly', false],
    ['limit', false],
    ['offset', false],
    ['cursor', false],
    ['jobType', false],
    ['jobState', false],
    ['parentJobId', false],
    ['accountId', false],
    ['createdAfter', false],
    ['createdBefore', false],
    ['view', false],
  ])
  const references = new Set([...answer.text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference))
  const named = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  const [examples = [], schemas = []] = [true, false].map((wanted) =>
    [...references].filter((reference) => reference?.startsWith('#/components/examples/') === wanted),
  )
  assert.deepEqual(schemas.toSorted(), named.toSorted())
  for (const reference of examples) assert.ok((reference?.split('/').at(-1) ?? '') in document.components.examples, reference)
})

test('closing waits for the request under way', async () => {
  const entered = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const other = await startFixture({
    prepare(app) {
      void app.register(async (scope: App) => {
        scope.get('/test/slow', { config: { auth: 'none' } }, async () => {
          entered.resolve()
          await release.promise
          return { done: true }
        })
      })
    },
  })
  const answer = other.call('GET', '/test/slow')
  await entered.promise
  const closed = other[Symbol.asyncDispose]()
  release.resolve()
  assert.deepEqual((await answer).body, { done: true })
  await closed
  await assert.rejects(other.call('GET', '/'), /fetch failed/)
})
