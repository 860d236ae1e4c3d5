import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { systemClock } from '#lib/clock.ts'
import { lastWords, logLengths } from './start-log.ts'

const REDIRECTED =
  'LOG:  redirecting log output to logging collector process\nHINT:  Future log output will appear in "../log".\n'
const OLD = 'FATAL:  password authentication failed for user "someone"\nLOG:  ready to accept connections\n'
const WHY = 'FATAL:  lock file "/x/.s.PGSQL.5432.lock" already exists\n'

let logs: string
const log = (name: string) => path.join(logs, name)
before(async () => {
  logs = await mkdtemp(path.join(tmpdir(), 'chartroom-start-log-'))
})
beforeEach(async () => {
  await rm(logs, { recursive: true })
  logs = await mkdtemp(path.join(tmpdir(), 'chartroom-start-log-'))
})
after(() => rm(logs, { recursive: true }))

test('the last words of a server that ended before its log collector started come from start.log', async () => {
  await writeFile(log('start.log'), 'FATAL:  invalid value for parameter "work_mem"\n')
  assert.equal(await lastWords(logs, await logLengths(logs)), 'FATAL:  invalid value for parameter "work_mem"')
})

test('a reason that the log collector writes later is waited for and not confused with an older one', async () => {
  await writeFile(log('postgres-5.log'), OLD)
  const before = await logLengths(logs)
  await writeFile(log('start.log'), REDIRECTED)
  const lines = ['LOG:  starting PostgreSQL 18.4\n', WHY, 'LOG:  too much\n']
  const clock = { ...systemClock, sleep: () => appendFile(log('postgres-5.log'), lines.shift() ?? '') }
  assert.equal(await lastWords(logs, before, clock), `LOG:  starting PostgreSQL 18.4\n${WHY.trimEnd()}`)
})

test('without a reason, as after a kill by the system, the existing lines are returned after a while', async () => {
  const before = await logLengths(logs)
  await writeFile(log('start.log'), REDIRECTED)
  await writeFile(log('postgres-5.log'), 'LOG:  starting PostgreSQL 18.4\n')
  const times = [0, 1, 9_999, 10_001]
  const clock = { ...systemClock, monotonic: () => times.shift() ?? 10_001, sleep: async () => {} }
  assert.equal(await lastWords(logs, before, clock), 'LOG:  starting PostgreSQL 18.4')
})

test('the log file of the day may be new or restarted', async () => {
  await writeFile(log('postgres-5.log'), OLD)
  const before = await logLengths(logs)
  await writeFile(log('start.log'), REDIRECTED)
  await writeFile(log('postgres-6.log'), WHY)
  assert.equal(await lastWords(logs, before), WHY.trimEnd())
  await rm(log('postgres-6.log'))
  await writeFile(log('postgres-5.log'), WHY)
  assert.equal(await lastWords(logs, before), WHY.trimEnd())
})
