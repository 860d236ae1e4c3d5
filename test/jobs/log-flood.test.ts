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

test('lines dropped because the database is too slow are counted, even in a short log', async () => {
  const lines = 5_000
  const type = jobType('burst', async (job) => {
    // In one turn of the event loop, so that nothing can be written in between.
    for (let n = 1; n <= lines; n++) job.log.info(`line ${n}`)
    return { lines }
  })
  await using jobs = await startTestJobs(database, [type])
  const { jobId } = await jobs.create({ jobType: 'burst', accountId: null })
  assert.equal((await jobReaches(jobs, jobId)).logs.at(-1)?.message, `line ${lines}`)
  const rows = await sql<{ message: string }>`select message from job_log where job_id = ${jobId}`.execute(database.db)
  const marker = rows.rows.find((row) => row.message.includes('lines dropped'))?.message ?? ''
  assert.equal(Number.parseInt(marker, 10) + rows.rows.length - 1, lines)
})

test('a job that logs without end keeps its first and latest lines and counts the dropped ones', async () => {
  const lines = 40_000
  const type = jobType('flood', async (job) => {
    for (let n = 1; n <= lines; n++) {
      job.log.info(`line ${n}`)
      // The event loop must turn for lines to be written; real computation runs in a worker thread.
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
  const marker = rows.rows.find((row) => row.seq === 1_001)?.message ?? ''
  const [, dropped] = /^(\d+) lines dropped/.exec(marker) ?? []
  assert.equal(Number(dropped) + rows.rows.length - 1, lines, 'each line is there or counted as dropped')
})
