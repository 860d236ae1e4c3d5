import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { withDatabaseName } from '#test/database.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import type { FaultCase } from './fault-case.ts'
import { createJob, jobWhen } from './fault-jobs.ts'
import { attackServer, type FaultServer } from './fault-server.ts'

const REQUEST_MILLISECONDS = 30_000
const SILENCE_MILLISECONDS = 60_000
const RECOVERY_MILLISECONDS = 60_000
/** Lines that a minute without database may cost, beside those of the requests. */
const LINES = 20
/** Lines of one text in that minute. Two listeners and two ends of the minute make four; one per poll would be twelve. */
const LINES_PER_TEXT = 4
const JOB_MILLISECONDS = 180_000

export const blackHole: FaultCase = {
  name: 'black-hole',
  title: 'a database that stops answering is a 503 within 30 s, a line a minute, and a running job completes once it is back',
  async run(context) {
    const postgres = await startTestServer()
    const proxy = await startDatabaseProxy(postgres.url)
    try {
      const folder = path.join(context.folder, 'mirror')
      await writeDemoMirror(folder)
      const catalogue = pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href
      return await attackServer(context, { DATABASE_URL: proxy.url, PUBLIC_CHARTS_URL: catalogue }, async (server, broken) => {
        const jobId = await createJob(server, 'refresh-public-charts')
        const hit = await jobWhen(server, jobId, ({ jobState }) => jobState !== 'pending', JOB_MILLISECONDS)
        if (hit.jobState !== 'running') broken.push(`the job was ${hit.jobState} before the silence`)
        proxy.goSilent()
        const before = server.output().length
        const asked = ['/api/portal/v1/jobs', '/api/portal/v1/charts/cells', '/api/portal/v1/charts/uploads', '/api/v1/cells']
        const began = performance.now()
        const answers = await Promise.all(
          asked.map((target) => server.send('GET', target, { timeout: SILENCE_MILLISECONDS }).catch((error: Error) => error)),
        )
        for (const [i, answer] of answers.entries()) {
          if (answer instanceof Error) broken.push(`${asked[i]} had no answer after ${SILENCE_MILLISECONDS / 1000} s`)
          else if (answer.status !== 503 || answer.milliseconds > REQUEST_MILLISECONDS)
            broken.push(`${asked[i]} was ${answer.status} after ${Math.round(answer.milliseconds)} ms`)
          else if (answer.headers['retry-after'] === undefined) broken.push(`the 503 of ${asked[i]} has no Retry-After`)
        }
        await sleep(Math.max(0, SILENCE_MILLISECONDS - (performance.now() - began)))
        const log = server.output().slice(before)
        const lines = log.split('\n').length - 1
        const most = mostRepeated(log)
        if (most.count > LINES_PER_TEXT) broken.push(`${most.count} lines "${most.text}"`)
        if (lines > LINES + asked.length * 2) broken.push(`${lines} lines of log`)
        proxy.recover()
        const back = await recovers(server)
        if (back === null) broken.push(`not back ${RECOVERY_MILLISECONDS / 1000} s after the database`)
        const job = await jobWhen(server, jobId, ({ jobState }) => !/pending|running/.test(jobState), JOB_MILLISECONDS)
        if (job.jobState !== 'completed') broken.push(`the job is ${JSON.stringify(job)}`)
        const slowest = Math.max(...answers.map((answer) => (answer instanceof Error ? 0 : answer.milliseconds)))
        return `503 after at most ${Math.round(slowest)} ms; ${lines} lines of log in ${SILENCE_MILLISECONDS / 1000} s, at most ${most.count} of one text; back after ${back} ms; the job ${job.jobState} in attempt ${job.attempt}`
      })
    } finally {
      await proxy[Symbol.asyncDispose]()
      await postgres.stop()
    }
  },
}

export const readOnlyDatabase: FaultCase = {
  name: 'read-only-database',
  title: 'a database that takes no writes answers writes with 503 and the reason, still answers reads, and recovers',
  async run(context) {
    const postgres = await startTestServer()
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    // A separate database, because tests that run at the same time share the server.
    const name = `read_only_${process.pid}`
    await admin.query(`create database ${name}`)
    try {
      const readOnly = async (value: string) => {
        await admin.query(`alter database ${name} set default_transaction_read_only = ${value}`)
        await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
      }
      return await attackServer(context, { DATABASE_URL: withDatabaseName(postgres.url, name) }, async (server, broken) => {
        await readOnly('on')
        await sleep(1_000)
        const headers = { 'content-type': 'application/json' }
        const writes = {
          jobs: await server.send('POST', '/api/portal/v1/jobs', { body: '{"jobType":"clear-tiles"}', headers }),
          apiTokens: await server.send('POST', '/api/portal/v1/apiTokens', { body: '{"name":"a"}', headers }),
        }
        for (const [what, { status, text }] of Object.entries(writes)) {
          if (status !== 503) broken.push(`a write (${what}) was answered ${status}`)
          else if (!/read.only/i.test(text)) broken.push(`the 503 of ${what} does not name the reason: ${text}`)
        }
        const read = await server.send('GET', '/api/portal/v1/jobs')
        if (read.status !== 200) broken.push(`reading was answered ${read.status}`)
        await readOnly('off')
        const back = await recovers(server)
        if (back === null) broken.push(`not back ${RECOVERY_MILLISECONDS / 1000} s after the database`)
        return `writes ${Object.values(writes)
          .map(({ status }) => status)
          .join(', ')}; reading ${read.status}; back after ${back} ms`
      })
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
      await postgres.stop()
    }
  },
}

/** The text that most lines of a log have. */
function mostRepeated(log: string): { text: string; count: number } {
  const texts = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => String((JSON.parse(line) as { msg?: unknown }).msg))
  const groups = Object.entries(Object.groupBy(texts, (text) => text)).map(([text, of]) => ({ text, count: of?.length ?? 0 }))
  return groups.toSorted((a, b) => b.count - a.count)[0] ?? { text: '', count: 0 }
}

/** Milliseconds until a list and a write succeed again; null when they do not in time. */
async function recovers(server: FaultServer): Promise<number | null> {
  const started = performance.now()
  for (; performance.now() - started < RECOVERY_MILLISECONDS; await sleep(500)) {
    const headers = { 'content-type': 'application/json' }
    const options = { body: '{"name":"back"}', headers, timeout: 10_000 }
    const written = await server.send('POST', '/api/portal/v1/apiTokens', options).catch(() => null)
    if (written?.status === 200 || written?.status === 201) return Math.round(performance.now() - started)
  }
  return null
}
