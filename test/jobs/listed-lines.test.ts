import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, startTestJobs } from '#test/jobs.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const LONG = 'a warning about a cell '.repeat(350)
const talk = jobType('talks', async (job) => {
  job.log.info('short')
  for (let n = 1; n <= 99; n++) job.log.warning(`${n}: ${LONG}`)
  return {}
})
const list = { visibility: { all: true as const }, activeOnly: false, limit: 200, offset: 0 }

test('a list cuts long lines and leaves out the oldest of many; the job’s log has them whole', async () => {
  await using jobs = await startTestJobs(database, [talk])
  const { jobId } = await jobs.create({ jobType: 'talks', accountId: null })
  const { logs } = await jobReaches(jobs, jobId)
  const size = logs.reduce((sum, line) => sum + Buffer.byteLength(line.message), 0)
  assert.ok(size <= 40 * 1_024, `${size} bytes`)
  assert.ok(logs.length >= 39, `only ${logs.length} lines are left`)
  assert.equal(logs.at(-1)?.message.split(':')[0], '99')
  for (const { message } of logs) {
    assert.ok(Buffer.byteLength(message) <= 1_024)
    assert.match(message, / \.\.\. \(cut; the job’s log has the whole line\)$/)
  }
  const own = await jobs.log({ all: true }, jobId, { after: 0, limit: 1_000 })
  assert.equal(own?.logs.length, 100)
  assert.equal(own?.logs.at(-1)?.message, `99: ${LONG}`)
})

test('short lines are listed unchanged, and lines of few long characters too', async () => {
  const lines = ['short', 'x'.repeat(1_024), '\u00e9'.repeat(900), '']
  const type = jobType('whispers', async (job) => {
    for (const line of lines) job.log.info(line)
    return {}
  })
  await using jobs = await startTestJobs(database, [type])
  const { jobId } = await jobs.create({ jobType: 'whispers', accountId: null })
  assert.deepEqual(
    (await jobReaches(jobs, jobId)).logs.map((line) => line.message),
    lines,
  )
})

test('lists of trees follow the same rule, and a single tree is given whole', async () => {
  await using jobs = await startTestJobs(database, [talk])
  const { jobId } = await jobs.create({ jobType: 'talks', accountId: null })
  await jobReaches(jobs, jobId)
  const listed = (await jobs.treeLogs([jobId], { limit: 100, listed: true })).get(jobId) ?? []
  const record = (await jobs.list(list)).jobs.find((job) => job.id === jobId)
  assert.deepEqual(listed, record?.logs)
  const whole = (await jobs.treeLogs([jobId], { limit: 1_000, listed: false })).get(jobId) ?? []
  assert.equal(whole.length, 100)
  assert.equal(whole.at(-1)?.message, `99: ${LONG}`)
})
