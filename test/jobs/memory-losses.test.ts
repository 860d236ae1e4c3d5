import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { recordMemoryLosses } from '#jobs/upkeep/record-memory-losses.ts'
import { newId } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, jobType, signal, silenceWorker, startTestJobs } from '#test/jobs.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

const concurrency = { import: 1, maintenance: 1, light: 4, export: 1 }

async function lossesOf(jobId: string): Promise<number | undefined> {
  const { rows } = await sql<{ memory_losses: number }>`select memory_losses from job where id = ${jobId}`.execute(database.db)
  return rows[0]?.memory_losses
}

test('a job whose process ran out of memory twice fails with that reason, and a retry gives it all its tries', async () => {
  const starts: (() => void)[] = []
  let mayReturn = false
  const type = jobType('greedy', async () => {
    starts.shift()?.()
    if (!mayReturn) await new Promise(() => {})
    return {}
  })
  const process = { id: newId(), lostToMemory: [] }
  const jobs = await startTestJobs(database, [type], { concurrency, process })
  const waits = [1, 2].map(() => new Promise<void>((resolve) => starts.push(resolve)))
  const { jobId } = await jobs.create({ jobType: 'greedy', accountId: null })
  for (const wait of waits) {
    await wait
    await recordMemoryLosses(database.db, process.id, silentLog())
    await silenceWorker(database, jobId)
  }
  const job = await jobReaches(jobs, jobId)
  assert.equal(job.jobState, 'failed')
  assert.match(JSON.stringify(job.result), /the server ran out of memory 2 times/)
  mayReturn = true
  await jobs.retry(jobId, null)
  assert.equal((await jobReaches(jobs, jobId)).jobState, 'completed')
  assert.equal(await lossesOf(jobId), 0)
  // The handlers never return, so the engine closes without its usual grace.
  await jobs.close(100)
})

test('the loss of a process is counted once, and only on jobs that it was running', async () => {
  const running = signal()
  const release = signal()
  const type = jobType('counted', async () => {
    running.resolve()
    await release.promise
    return {}
  })
  const process = { id: newId(), lostToMemory: [] }
  await using jobs = await startTestJobs(database, [type], { concurrency, process })
  const { jobId } = await jobs.create({ jobType: 'counted', accountId: null })
  await running.promise
  await recordMemoryLosses(database.db, newId(), silentLog())
  assert.equal(await lossesOf(jobId), 0)
  for (let n = 0; n < 2; n++) await recordMemoryLosses(database.db, process.id, silentLog())
  assert.equal(await lossesOf(jobId), 1)
  release.resolve()
  assert.equal((await jobReaches(jobs, jobId)).jobState, 'completed')
})
