import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { readOtlpSpans, type Span } from '#test/otlp.ts'
import { startServerProcess } from '#test/server-process.ts'

// The collector is an HTTP server that receives what the exporter sends.

let folder: string
let database: TestDatabase
let collector: Server
const spans: Span[] = []
let arrived = Promise.withResolvers<void>()

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-traces-'))
  database = await createEmptyDatabase()
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    assert.equal(request.url, '/v1/traces')
    assert.equal(request.headers['content-type'], 'application/x-protobuf')
    spans.push(...readOtlpSpans(Buffer.concat(chunks)))
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    arrived.resolve()
    arrived = Promise.withResolvers()
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
})
after(async () => {
  collector.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test('one trace leads from the request through the queue to the job and its log lines', { timeout: 120_000 }, async () => {
  const server = await startServerProcess({
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    LOG_LEVEL: 'debug',
  })
  let jobId: string | null
  try {
    const api = await server.api()
    jobId = await api.createJob('vacuum-analyze')
    assert.ok(jobId)
    while (!(await api.listJobs({ limit: 1 })).jobs.every((job) => job.jobState === 'completed')) {}
  } finally {
    // Closing sends the remaining spans.
    assert.equal(await server.end('SIGTERM'), 0, server.output())
  }
  const job = spans.find((span) => span.attributes['chartroom.job.id'] === jobId && span.name === 'job vacuum-analyze')
  assert.ok(job, spans.map((span) => span.name).join(', '))
  assert.equal(job.attributes['chartroom.job.type'], 'vacuum-analyze')
  assert.equal(job.attributes['chartroom.job.attempt'], 1)
  const parentOf = (span: Span | undefined) => spans.find((each) => each.spanId === span?.parentSpanId)
  const chain: string[] = []
  for (let span: Span | undefined = job; span !== undefined; span = parentOf(span)) chain.push(span.name)
  assert.deepEqual(chain, ['job vacuum-analyze', 'process maintenance', 'send maintenance', 'POST /api/portal/v1/jobs'])
  const request = spans.find((span) => span.name === 'POST /api/portal/v1/jobs')
  assert.equal(request?.attributes['http.response.status_code'], 200)
  const steps = spans.filter((span) => span.name.startsWith('step ') && span.parentSpanId === job.spanId)
  assert.ok(steps.length > 0, 'steps have spans below the job')

  const lines = server
    .output()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
  const about = lines.filter((line) => line['jobId'] === jobId)
  assert.ok(about.length >= 3)
  for (const line of about) {
    assert.equal(line['jobType'], 'vacuum-analyze', JSON.stringify(line))
    assert.equal(typeof line['attempt'], 'number', JSON.stringify(line))
    assert.equal(line['traceId'], job.traceId, JSON.stringify(line))
  }
  const requests = lines.filter((line) => line['msg'] === 'request')
  assert.ok(requests.length > 0 && requests.every((line) => typeof line['requestId'] === 'string'))
})

test('without an exporter the tracing SDK is not loaded', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load(url, context, next) { if (/@opentelemetry\\/(?!api\\/)/.test(url)) loaded.push(url); return next(url, context) } })
    await import('#main')
    console.log(JSON.stringify(loaded))
  `
  const root = path.resolve(import.meta.dirname, '../..')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(output), [])
})
