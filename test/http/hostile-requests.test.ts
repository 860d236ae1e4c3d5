import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { createUploads } from '#charts/uploads/uploads.ts'
import { newId } from '#lib/ids.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestDatabase } from '#test/database.ts'
import { startTestJobs } from '#test/jobs.ts'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, { type?: unknown }> } }> }
}

const document = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
}
const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), url, operation })),
)

const database = await createTestDatabase()
const engine = await startTestJobs(database, [])
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-hostile-'))
const storage = createFolderStore(folder)
const uploads = createUploads({ db: database.db, storage, userPermit: null })
const fixture = await startFixture({ charts: { database, storage }, jobs: engine, uploads })
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await engine.close(5_000)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'walk' })

/** Segments and parameter values, as they appear in a URL. */
const HOSTILE = [
  '%00',
  'a%00b',
  '%C0',
  '%C0%80',
  '%ED%A0%80',
  '%FF%FE',
  '%',
  'x'.repeat(10_000),
  `urn:uuid:${newId()}`,
  '%2e%2e%2f',
  '-1',
  '٣',
]

/** Sends a request and gives its status; an event stream is not read. */
async function send(method: string, url: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  const response = await fetch(fixture.origin + url, { ...init, method, headers })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, text: '' }
  }
  return { status: response.status, text: await response.text() }
}

function assertNoFault({ status, text }: { status: number; text: string }, what: string): void {
  assert.ok(status < 500, `${what.slice(0, 200)}: ${status} ${text}`)
}

test('the walk knows every route of the API description', () => assert.ok(operations.length >= 39, `${operations.length} routes`))

for (const { method, url, operation } of operations) {
  const parameters = operation.parameters ?? []
  const names = parameters.filter((each) => each.in === 'path').map(({ name }) => name)
  const queries = [...parameters.filter((each) => each.in === 'query').map(({ name }) => name), 'unknown']

  test(`${method} ${url} answers hostile path segments and parameters without a 5xx`, async () => {
    for (const hostile of HOSTILE) {
      for (const name of names) {
        const target = url.replace(`{${name}}`, hostile).replaceAll(/\{\w+\}/g, '0')
        const answer = await send(method, target)
        assertNoFault(answer, target)
        if (/%00|%C0|%ED|%FF/.test(hostile)) assert.ok([400, 404].includes(answer.status), `${target}: ${answer.status}`)
      }
      for (const name of queries) {
        const target = `${url.replaceAll(/\{\w+\}/g, '0')}?${name}=${hostile}`
        const answer = await send(method, target)
        assertNoFault(answer, target)
        if (/%00|%C0|%ED|%FF/.test(hostile)) assert.equal(answer.status, 400, target)
        assertNoFault(await send(method, `${target.slice(0, 4_000)}&${name}=1&${name}=2`), 'a repeated parameter')
      }
    }
  })

  if (method !== 'POST') continue
  test(`${method} ${url} answers hostile bodies without a 5xx`, async () => {
    const target = url.replaceAll(/\{\w+\}/g, newId())
    const schema = operation.requestBody?.content['application/json']?.schema
    const members = [...Object.keys(schema?.properties ?? {}), 'unknown']
    const headers = { 'content-type': 'application/json' }
    for (const text of ['"\\u0000"', '"a\\ud800"', '"\\udc00\\ud800"', '[{"a":"\\uD800"}]', '{"\\u0000":1}']) {
      const body = `{${members.map((name) => `"${name}":${text}`).join(',')}}`
      const answer = await send(method, target, { headers, body })
      assertNoFault(answer, body)
      assert.ok(answer.status >= 400, `${url} ${body}: ${answer.status}`)
    }
    const notUtf8 = new Uint8Array([...Buffer.from('{"name":"'), 0xc0, 0x80, ...Buffer.from('"}')])
    assertNoFault(await send(method, target, { headers, body: notUtf8 }), 'a body that is not UTF-8')
    assertNoFault(await send(method, target, { headers, body: '['.repeat(100_000) }), 'a deep body')
  })
}

test('a body with NUL or an unpaired surrogate is refused by name, and a pair is a character', async () => {
  const post = async (json: string) =>
    await fixture.call('POST', '/api/portal/v1/apiTokens', { token, body: json, headers: { 'content-type': 'application/json' } })
  for (const text of ['\\u0000', '\\ud83d', '\\ude00\\ud83d']) {
    const problem = assertProblem(await post(`{"name":"${text}"}`), 400, 'VALIDATION_FAILED')
    assert.equal(problem.errors?.[0]?.field, '/name')
  }
  const good = await post('{"name":"\\ud83d\\ude00"}')
  assert.equal((good.body as { name: string }).name, '😀')
  const bytes = new Uint8Array([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')])
  const headers = { 'content-type': 'application/json' }
  assertProblem(await fixture.call('POST', '/api/portal/v1/apiTokens', { token, body: bytes, headers }), 400, 'INVALID_JSON')
})

test('an id with the prefix urn:uuid: is refused', async () => {
  const urn = `urn:uuid:${newId()}`
  assertProblem(await fixture.call('GET', `/api/portal/v1/jobs?parentJobId=${urn}`, { token }), 400, 'VALIDATION_FAILED')
  assertProblem(await fixture.call('GET', `/api/portal/v1/jobs/${urn}`, { token }), 404, 'JOB_NOT_FOUND')
})

test('an empty body counts as none with any content type', async () => {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x']
  const others = [
    'text/plain',
    'application/json',
    'application/octet-stream',
    'application/json; charset=utf-16',
    'text',
    '/',
    ';',
  ]
  const types = [...forms, ...others]
  for (const type of types) {
    const headers = { 'content-type': type }
    const session = await fixture.adminSession()
    const logout = await fixture.call('POST', '/api/portal/v1/auth/logout', { token: session, body: '', headers })
    assert.equal(logout.status, 204, `${type}: ${logout.text}`)
    for (const action of ['cancel', 'retry']) {
      const answer = await fixture.call('POST', `/api/portal/v1/jobs/${newId()}/${action}`, { token, body: '', headers })
      assertProblem(answer, 404, 'JOB_NOT_FOUND')
    }
    const refresh = await fixture.call('POST', '/api/v1/charts/refresh', { token, body: '', headers })
    assert.notEqual(refresh.status, 415, type)
    const upload = await fixture.call('POST', '/api/portal/v1/charts/upload', { token, body: '', headers })
    assertProblem(upload, 400, 'UPLOAD_NO_FILE')
    const chunked = () => new ReadableStream({ start: (controller) => controller.close() })
    const init = () => ({ body: chunked(), duplex: 'half', headers }) as RequestInit
    assert.equal((await send('POST', `/api/portal/v1/jobs/${newId()}/cancel`, init())).status, 404, `${type}, chunked`)
    assert.equal((await send('POST', '/api/portal/v1/charts/upload', init())).status, 400, `${type}, chunked`)
  }
})

test('a form with a nameless part, or with two files, is refused', async () => {
  const post = async (...parts: string[]) => {
    const body = `${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    return await fixture.call('POST', '/api/portal/v1/charts/upload', { token, body, headers })
  }
  const permits = ':DATE 20260101 00:00\r\n:VERSION 2\r\n:ENC\r\n:ECS\r\n'
  const file = (disposition: string) => `Content-Disposition: form-data; ${disposition}\r\n\r\n${permits}`
  assertProblem(await post(file('filename="PERMIT.TXT"')), 400, 'UPLOAD_NO_FILE')
  const one = file('name="file"; filename="PERMIT.TXT"')
  const problem = assertProblem(await post(one, one), 400, 'UPLOAD_NO_FILE')
  assert.match(problem.detail, /more than one file/)
  const stored = await Array.fromAsync(storage.list('uploads/'))
  assert.deepEqual(stored, [], 'nothing of the form was stored')
  assertProblem(
    await post('Content-Disposition: form-data\r\n\r\nx', file('name="\u0000"; filename="PERMIT.TXT"')),
    400,
    'UPLOAD_NO_FILE',
  )
})
