import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '#db/database.ts'
import type { Delivery } from '#jobs/queue/delivery-queue.ts'
import { ClaimLostError } from '#jobs/run/claim.ts'
import { claimJob } from '#jobs/run/claim-job.ts'
import type { Run } from '#jobs/run/run.ts'
import { settleRun } from '#jobs/run/settle.ts'
import { newId } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { jobDetail, jobReaches, jobType, queueState, startTestJobs } from '#test/jobs.ts'
import { type QueueByHand, startQueueByHand } from '#test/queue-by-hand.ts'

// A claim and a settle are one statement each. If the connection breaks before the answer, the outcome is unknown and the statement is
// sent again. First with connections that really break, then by sending the statements twice.

let database: TestDatabase
let queue: QueueByHand

before(async () => {
  database = await createTestDatabase()
  queue = await startQueueByHand(database)
})
after(async () => {
  await queue[Symbol.asyncDispose]()
  await database.close()
})

async function deliver(): Promise<Delivery> {
  await queue.create()
  return await queue.deliver()
}

async function begin(): Promise<Run> {
  await queue.create()
  return await queue.claim()
}

async function queueEntry(jobId: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<Record<string, unknown>>`select * from pgboss.job where id = ${jobId}`.execute(database.db)
  const { id: _, created_on, started_on, heartbeat_on, completed_on, start_after, keep_until, ...rest } = rows[0] ?? {}
  return { ...rest, ended: completed_on !== null }
}

describe('a connection that breaks', () => {
  for (const [statement, what] of [
    ['claim-job', 'the claim'],
    ['end-job', 'the end of the job'],
  ] as const) {
    for (const when of ['before', 'after'] as const) {
      test(`a connection that breaks ${when} the server did ${what} leaves one run, one attempt and one end`, async () => {
        let runs = 0
        const said: unknown[] = []
        const say = (_: unknown, text: unknown) => said.push(text)
        const log = Object.assign(silentLog(), { info: say, warn: say })
        const counted = jobType('counted', async () => ({ runs: ++runs }))
        await using proxy = await startDatabaseProxy(database.url)
        const through = openDatabase({ url: proxy.url })
        {
          await using jobs = await startTestJobs({ ...through, [Symbol.asyncDispose]: through.close }, [counted], { log })
          const broken = proxy.breakAt(statement, when)
          const { jobId } = await jobs.create({ jobType: 'counted', accountId: null })
          await broken
          const job = await jobReaches(jobs, jobId)
          assert.deepEqual([job.jobState, job.result], ['completed', { runs: 1 }])
          assert.equal((await jobDetail(jobs, jobId)).attempt, 1)
          assert.equal(await queueState(database, jobId), 'completed')
          assert.equal(runs, 1)
        }
        await through.close()
        // The run recognised its own claim and did not report it as lost.
        assert.equal(said.filter((text) => text === 'job completed').length, 1)
        assert.ok(!said.some((text) => /lost/.test(String(text))), said.join(', '))
      })
    }
  }
})

test('of two concurrent claims of one delivery one gets the job', async () => {
  for (let n = 0; n < 20; n++) {
    const delivery = await deliver()
    const claims = await Promise.all([claimJob(database.db, delivery), claimJob(database.db, delivery)])
    assert.deepEqual(claims.map((claim) => claim?.attempt ?? null).toSorted(), [1, null])
  }
})

test('a claim sent again is the same claim; another token for the same delivery is refused', async () => {
  const delivery = await deliver()
  const token = newId()
  const first = await claimJob(database.db, delivery, token)
  const again = await claimJob(database.db, delivery, token)
  assert.equal(first?.attempt, 1)
  // The second statement runs later.
  assert.deepEqual({ ...again, waitedSeconds: 0 }, { ...first, waitedSeconds: 0 })
  assert.equal(await claimJob(database.db, delivery), null)
})

test('a settle sent again finds its own end; a run without the claim does not', async () => {
  const run = await begin()
  const ending = { state: 'completed', result: { cells: 3 } } as const
  const [first] = await settleRun(database.db, queue.deliveryQueue, run, ending)
  const [again] = await settleRun(database.db, queue.deliveryQueue, run, ending)
  assert.equal(again.state, 'completed')
  assert.equal(typeof first.runSeconds, 'number')
  const other: Run = { ...run, claim: { ...run.claim, token: newId() } }
  await assert.rejects(settleRun(database.db, queue.deliveryQueue, other, ending), ClaimLostError)
})

test('a settle ends the queue entry as pg-boss would', async () => {
  const ours = await begin()
  await settleRun(database.db, queue.deliveryQueue, ours, { state: 'completed', result: {} })
  const theirs = await begin()
  await database.db.transaction().execute((trx) => queue.deliveryQueue.complete(trx, theirs.queue, theirs.delivery))
  assert.deepEqual(await queueEntry(ours.claim.jobId), await queueEntry(theirs.claim.jobId))
})

test('a settle whose claim is lost leaves the queue entry alone', async () => {
  const run = await begin()
  await sql`update job set attempt = attempt + 1 where id = ${run.claim.jobId}`.execute(database.db)
  await assert.rejects(settleRun(database.db, queue.deliveryQueue, run, { state: 'completed', result: {} }), ClaimLostError)
  assert.equal((await queueEntry(run.claim.jobId))['state'], 'active')
})
