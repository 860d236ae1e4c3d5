import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type FaultServer } from './fault-server.ts'

const REQUEST_MILLISECONDS = 30_000
const SILENCE_MILLISECONDS = 60_000
const RECOVERY_MILLISECONDS = 60_000
/** Lines that a minute without database may cost, beside those of the requests. */
const LINES = 20

export const blackHole: FaultCase = {
  name: 'black-hole',
  title: 'a database that stops answering is a 503 within 30 s, a few lines of log, and no loss once it is back',
  async run(context) {
    const postgres = await startTestServer()
    const proxy = await startDatabaseProxy(postgres.url)
    try {
      return await attackServer(context, { DATABASE_URL: proxy.url }, async (server, broken) => {
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
        }
        await sleep(Math.max(0, SILENCE_MILLISECONDS - (performance.now() - began)))
        const lines = server.output().slice(before).split('\n').length - 1
        if (lines > LINES + asked.length * 2) broken.push(`${lines} lines of log`)
        proxy.recover()
        const back = await recovers(server)
        if (back === null) broken.push(`not back ${RECOVERY_MILLISECONDS / 1000} s after the database`)
        return `${lines} lines of log in ${Math.round((performance.now() - began) / 1000)} s; back after ${back} ms`
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
    try {
      const readOnly = async (value: string) => {
        await admin.query(`alter database postgres set default_transaction_read_only = ${value}`)
        const others = `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = 'postgres'`
        await admin.query(others)
      }
      return await attackServer(context, { DATABASE_URL: postgres.url }, async (server, broken) => {
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
        await admin.query('set transaction_read_only = off')
        await admin.query('set default_transaction_read_only = off')
        await readOnly('off')
        const back = await recovers(server)
        if (back === null) broken.push(`not back ${RECOVERY_MILLISECONDS / 1000} s after the database`)
        return `writes ${Object.values(writes)
          .map(({ status }) => status)
          .join(', ')}; reading ${read.status}; back after ${back} ms`
      })
    } finally {
      await admin.end()
      await postgres.stop()
    }
  },
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
