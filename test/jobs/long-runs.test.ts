import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { queueState, silenceWorker } from '#test/jobs.ts'
import { startQueueByHand } from '#test/queue-by-hand.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

test('a run of many days keeps its lease while its worker sends heartbeats', async () => {
  await using queue = await startQueueByHand(database)
  const [long, silent] = [await queue.create(), await queue.create()]
  await queue.claim()
  await queue.claim()
  await sql`update pgboss.job set started_on = now() - interval '19 days', heartbeat_on = now()`.execute(database.db)
  await silenceWorker(database, silent)
  await queue.supervise()
  assert.equal(await queueState(database, silent), 'retry', 'the leases were checked')
  assert.equal(await queueState(database, long), 'active')
})

test('the longest run fits into a Node timer, by which pg-boss ends handlers', async () => {
  await using queue = await startQueueByHand(database)
  const jobId = await queue.create()
  const { rows } = await sql<{ expire_seconds: number }>`select expire_seconds from pgboss.job where id = ${jobId}`.execute(
    database.db,
  )
  assert.ok((rows[0]?.expire_seconds ?? Infinity) * 1_000 < 2 ** 31)
})
