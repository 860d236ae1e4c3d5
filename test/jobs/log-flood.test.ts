import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, startTestJobs } from '#test/jobs.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

test('a job that writes without end keeps its beginning and its latest lines, and says how many it dropped', async () => {
  const lines = 40_000
  const type = jobType('flood', async (job) => {
    for (let n = 1; n <= lines; n++) {
      job.log.info(`line ${n}`)
      // The event loop must turn, or nothing could be written meanwhile; a job of pure computation would be in a worker thread.
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return { lines }
  })
  await using jobs = await startTestJobs(database, [type])
  const { jobId } = await jobs.create({ jobType: 'flood', accountId: null })
  const job = await jobReaches(jobs, jobId)
  assert.equal(job.jobState, 'completed')
  assert.equal(job.logs.at(-1)?.message, `line ${lines}`)
  const rows = await sql<{ seq: number; message: string }>`
    select seq, message from job_log where job_id = ${jobId} order by seq
  `.execute(database.db)
  assert.ok(rows.rows.length <= 11_100, `${rows.rows.length} lines were kept`)
  assert.equal(rows.rows[0]?.message, 'line 1')
  assert.match(rows.rows.find((row) => row.seq === 1_001)?.message ?? '', /^\d+ lines dropped here/)
})
