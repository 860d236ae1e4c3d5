import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricsOf, sumOf } from '#test/metrics.ts'
import { startFixture } from './server-fixture.ts'

test('requests are counted by route and status, never by path', async () => {
  await using fixture = await startFixture()
  await fixture.call('GET', '/health/live')
  await fixture.call('GET', '/health/live')
  await fixture.call('GET', '/api/portal/v1/auth/whoami')
  await fixture.call('GET', '/secret-path-of-a-user')
  const answer = await fixture.call('GET', '/metrics')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.doesNotMatch(answer.text, /secret-path/)
  const lines = await metricsOf(fixture.origin)
  const count = (labels: Record<string, string>) => sumOf(lines, 'chartroom_http_request_seconds_count', labels)
  assert.equal(count({ route: '/health/live', method: 'GET', status: '200' }), 2)
  assert.equal(count({ route: '/api/portal/v1/auth/whoami', status: '401' }), 1)
  assert.equal(count({ route: 'none', method: 'any', status: '404' }), 1)
  assert.equal(count({ route: '/metrics' }), 1)
})
