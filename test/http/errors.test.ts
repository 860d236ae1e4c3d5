import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { pino } from 'pino'
import type { App } from '#http/base/app.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import { assertProblem, type ProblemBody } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const SECRET = 'the password of the database is 12345'
const logged: Record<string, unknown>[] = []
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) })

class Unreachable extends Error {}

const fixture = await startFixture({
  log,
  whyUnavailable: (error) => (error instanceof Unreachable ? 'The tide is out.' : null),
  requestTimeout: 500,
  prepare(app) {
    void app.register(async (scope: App) => {
      const config = { auth: 'none' as const }
      scope.get('/test/broken', { config }, async () => {
        throw new Error(SECRET)
      })
      scope.get('/test/not-an-error', { config }, async () => {
        throw SECRET
      })
      scope.get('/test/status', { config }, async () => {
        throw Object.assign(new Error(SECRET), { statusCode: 418, code: 'X' })
      })
      scope.get('/test/unreachable', { config }, async () => {
        throw new Unreachable(SECRET)
      })
      scope.post('/test/echo', { config }, async (request) => request.body ?? null)
    })
  },
})
after(() => fixture[Symbol.asyncDispose]())
const { call } = fixture
const json = { 'content-type': 'application/json' }
const login = '/api/portal/v1/auth/login'

test('a mistake of our own is a 500 that says nothing, and the log has it under the request id', async () => {
  for (const path of ['/test/broken', '/test/not-an-error']) {
    logged.length = 0
    const answer = await call('GET', path)
    const problem = assertProblem(answer, 500, 'INTERNAL')
    assert.ok(!answer.text.includes('password') && !JSON.stringify([...answer.headers]).includes('password'))
    assert.ok(problem.detail.includes(answer.headers.get('x-request-id') ?? 'no id'))
    assert.equal(logged.length, 1)
    assert.equal(logged[0]?.['level'], pino.levels.values['error'])
    assert.equal(logged[0]?.['requestId'], answer.headers.get('x-request-id'))
    assert.equal(logged[0]?.['route'], path)
  }
})

test('an error of a library that calls itself the client’s fault is not passed on', async () => {
  const answer = await call('GET', '/test/status')
  assertProblem(answer, 400, 'BAD_REQUEST')
  assert.ok(!answer.text.includes('password'))
})

test('a service that is unavailable is a 503 with its reason and Retry-After, and one line in the log for many requests', async () => {
  logged.length = 0
  for (let i = 0; i < 3; i++) await call('GET', '/test/unreachable')
  assert.equal(logged.length, 1)
  const answer = await call('GET', '/test/unreachable')
  assert.equal(assertProblem(answer, 503, 'UNAVAILABLE').detail, 'The tide is out.')
  assert.equal(answer.headers.get('retry-after'), '5')
  assert.ok(!answer.text.includes('password'))
})

test('an unknown path is 404, a wrong method 405 with Allow', async () => {
  for (const path of ['/nothing', '/api', '/api/portal/v2/jobs', '/API/portal/v1/jobs', '/api/portal/v1/jobs/x/y']) {
    assertProblem(await call('GET', path), 404, 'ROUTE_NOT_FOUND')
  }
  const allowed: [method: string, path: string, allow: string][] = [
    ['PUT', '/api/portal/v1/jobs', 'GET, HEAD, POST'],
    ['DELETE', '/api/portal/v1/jobs/?x=1', 'GET, HEAD, POST'],
    ['GET', login, 'POST'],
    ['PATCH', `/api/portal/v1/apiTokens/${'0'.repeat(32)}`, 'DELETE, POST'],
    ['POST', '/', 'GET, HEAD'],
  ]
  for (const [method, path, allow] of allowed) {
    const answer = await call(method, path)
    assertProblem(answer, 405, 'METHOD_NOT_ALLOWED')
    assert.equal(answer.headers.get('allow'), allow)
  }
})

test('a path that is not a valid URL is 400, one with an endless parameter 404', async () => {
  assertProblem(await call('GET', '/api/%ff%'), 400, 'BAD_REQUEST')
  assertProblem(await call('DELETE', `/api/portal/v1/apiTokens/${'x'.repeat(2_000)}`), 404, 'ROUTE_NOT_FOUND')
})

test('a request that is refused before it is routed has the headers of its API', async () => {
  for (const path of ['%ff%', `styles/sprites/${'x'.repeat(2_000)}/day.png`]) {
    const [core, portal] = await Promise.all([call('GET', `/api/v1/${path}`), call('GET', `/api/portal/v1/jobs/${path}`)])
    assert.equal(core.headers.get('access-control-allow-origin'), '*', path)
    assert.equal(portal.headers.get('access-control-allow-origin'), null, path)
    for (const { headers } of [core, portal]) {
      assert.match(headers.get('x-request-id') ?? '', UUID_PATTERN, path)
      assert.equal(headers.get('cache-control'), 'no-store', path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    }
  }
})

test('a body that is not JSON', async () => {
  for (const body of ['{', '{"username":"admin",}', "{'a':1}", 'username=admin', '\u0000', '{"__proto__":{"x":1}}', 'NaN']) {
    assertProblem(await call('POST', login, { body, headers: json }), 400, 'INVALID_JSON')
  }
})

test('a body of another media type, or of none', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml']) {
    assertProblem(await call('POST', login, { body: '{}', headers: { 'content-type': type } }), 415, 'UNSUPPORTED_MEDIA_TYPE')
  }
  assertProblem(await call('POST', login, { body: new Uint8Array([123, 125]) }), 415, 'UNSUPPORTED_MEDIA_TYPE')
  const charset = await call('POST', '/test/echo', {
    body: '{"a":"ä"}',
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
  assert.deepEqual(charset.body, { a: 'ä' })
})

test('a body larger than 1 MiB is refused, one just below is taken', async () => {
  const sized = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`
  assert.equal((await call('POST', '/test/echo', { body: sized(1_048_576), headers: json })).status, 200)
  assertProblem(await call('POST', '/test/echo', { body: sized(1_048_577), headers: json }), 413, 'BODY_TOO_LARGE')
})

test('of many wrong entries the first twenty are named', async () => {
  const token = await fixture.adminSession()
  const hosts = Array.from({ length: 90 }, () => 1)
  const problem = assertProblem(
    await call('POST', '/api/portal/v1/apiTokens', { token, json: { name: 'x', restrictions: { hosts } } }),
    400,
    'VALIDATION_FAILED',
  )
  assert.equal(problem.errors?.length, 20)
})

test('every answer has the security headers, errors too', async () => {
  for (const path of ['/', '/nothing', '/test/broken', '/api/portal/v1/jobs']) {
    const { headers } = await call('GET', path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/)
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /upgrade-insecure-requests/)
    assert.equal(headers.get('strict-transport-security'), null)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
  }
})

/** Sends bytes and returns everything that comes until the server ends the connection. */
async function raw(bytes: string): Promise<string> {
  const { port, hostname } = new URL(fixture.origin)
  const socket = connect(Number(port), hostname)
  socket.setEncoding('utf8')
  socket.write(bytes)
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

function assertRawProblem(text: string, status: number, code: string): void {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  assert.match(head, new RegExp(`^HTTP/1.1 ${status} `))
  assert.match(head, /content-type: application\/problem\+json/i)
  const problem = JSON.parse(body) as ProblemBody
  assert.deepEqual([problem.status, problem.code], [status, code])
}

test('what is not HTTP gets a problem too, and the connection ends', async () => {
  assertRawProblem(await raw('this is not HTTP\r\n\r\n'), 400, 'BAD_REQUEST')
  assertRawProblem(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`), 431, 'HEADERS_TOO_LARGE')
})

test('a request that is never finished is ended', async () => {
  assertRawProblem(
    await raw(`POST ${login} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`),
    408,
    'REQUEST_TIMEOUT',
  )
})
