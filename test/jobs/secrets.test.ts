import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { FanOut } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { createLog } from '#lib/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, startTestJobs } from '#test/jobs.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

/** Secrets as they appear in addresses, headers and settings. */
const PLANTED = Array.from({ length: 12 }, (_, n) => `canary${n}SecretValue`)
const TEXTS = [
  (secret: string) => `https://me:${secret}@mirror.example/ENCs`,
  (secret: string) => `https://blob.example/a.zip?sv=1&sig=${secret}`,
  (secret: string) => `https://s3.example/a.zip?X-Amz-Signature=${secret}`,
  (secret: string) => `Authorization: Bearer ${secret}`,
  (secret: string) => `password=${secret}`,
  (secret: string) => `{"token":"${secret}"}`,
]
const leaks = PLANTED.map((secret, n) => TEXTS[n % TEXTS.length]?.(secret) ?? secret)

test('none of a dozen secrets reaches the tables of jobs or the server log', async () => {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  const tell = jobType('tells', async (job) => {
    for (const leak of leaks) job.log.warning(leak)
    await job.step('step_tell', async () => ({ fetched: leaks }))
    return { sources: leaks, nested: { said: leaks.join(' ') } }
  })
  const fail = jobType('fails', async () => {
    throw new PermanentError(leaks.join(' '), { cause: new Error(leaks.join(' ')) })
  })
  const parent = jobType('parent', async () => {
    const child = { jobType: 'tells', parameters: {} }
    return new FanOut([child], { onChildFailure: 'report', result: { sources: leaks } })
  })
  await using jobs = await startTestJobs(database, [tell, fail, parent], { log })
  for (const jobType of ['tells', 'fails', 'parent'])
    await jobReaches(jobs, (await jobs.create({ jobType, accountId: null })).jobId)
  const stored = await sql<{ text: string }>`
    select row_to_json(job)::text as text from job union all select row_to_json(job_step)::text from job_step
    union all select row_to_json(job_log)::text from job_log
  `.execute(database.db)
  assert.ok(stored.rows.length > 2 * leaks.length)
  for (const text of [...stored.rows.map((row) => row.text), ...lines]) {
    for (const secret of PLANTED) assert.ok(!text.includes(secret), text)
  }
  assert.ok(lines.some((line) => line.includes('[redacted]')))
})
