import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sql } from 'kysely'
import { FanOut } from '#jobs/model/job-type.ts'
import { claimJob } from '#jobs/run/claim-job.ts'
import type { Run } from '#jobs/run/run.ts'
import { settleRun } from '#jobs/run/settle.ts'
import { startChildren } from '#jobs/run/start-children.ts'
import { reconcile } from '#jobs/upkeep/reconcile.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { queueState, treeRows } from '#test/jobs.ts'
import { type QueueByHand, startQueueByHand } from '#test/queue-by-hand.ts'

// The reconciler, one test per line of the doc comment of `reconcile`. In a running engine: failure-cases.test.ts.

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
beforeEach(async () => {
  await sql`truncate job cascade`.execute(database.db)
  await sql`delete from pgboss.job`.execute(database.db)
})

const repair = () => reconcile(database.db, queue.deliveryQueue, queue.registry, silentLog())
const complete = (run: Run) => settleRun(database.db, queue.deliveryQueue, run, { state: 'completed', result: {} })
const states = async (id: string) => (await treeRows(database, id)).map((row) => row['job_state'])

async function begin(): Promise<Run> {
  await queue.create()
  return await queue.claim()
}

/** A job that waits for children, none of them started. */
async function startWaiting(children: number): Promise<string> {
  const run = await begin()
  const plan = Array.from({ length: children }, () => ({ jobType: queue.type.name, parameters: {} }))
  await startChildren(database.db, queue.deliveryQueue, queue.registry, run, new FanOut(plan, { onChildFailure: 'fail' }))
  return run.claim.jobId
}

async function age(jobId: string): Promise<void> {
  await sql`update job set updated_at = now() - interval '1 hour' where id = ${jobId}`.execute(database.db)
}

async function loseEntry(jobId: string): Promise<void> {
  await sql`delete from pgboss.job where id = ${jobId}`.execute(database.db)
}

describe('a job without a queue entry', () => {
  test('a pending job without a queue entry is sent again', async () => {
    const jobId = await queue.create()
    await loseEntry(jobId)
    await age(jobId)
    assert.equal((await repair()).resent, 1)
    assert.equal((await queue.claim()).claim.jobId, jobId)
  })

  test('a running job without a queue entry becomes pending and keeps its tries; its old run is fenced off', async () => {
    const run = await begin()
    const { jobId } = run.claim
    await loseEntry(jobId)
    await age(jobId)
    const { resent, cancelled, parents, ended } = await repair()
    assert.deepEqual([resent, cancelled, parents, ended], [1, 0, 0, []])
    const [row] = await treeRows(database, jobId)
    assert.deepEqual([row?.['job_state'], row?.['tries'], await queueState(database, jobId)], ['pending', 1, 'created'])
    await assert.rejects(complete(run), { name: 'ClaimLostError' })
    // Deliveries of the new entry are newer than those of the lost one.
    const again = await queue.claim()
    assert.equal(again.claim.attempt, 2)
    assert.equal(await claimJob(database.db, run.delivery), null)
    await complete(again)
    assert.deepEqual(await states(jobId), ['completed'])
  })

  test('a running child without a queue entry whose cancel was requested ends as cancelled, and so does its parent', async () => {
    const parentId = await startWaiting(1)
    const { jobId } = (await queue.claim()).claim
    await sql`update job set cancel_requested_at = now() where id = ${jobId}`.execute(database.db)
    await loseEntry(jobId)
    await age(jobId)
    const { resent, cancelled, ended } = await repair()
    assert.deepEqual([resent, cancelled, ended.map((each) => each.state)], [0, 1, ['cancelled', 'failed']])
    assert.deepEqual(await states(parentId), ['failed', 'cancelled'])
  })

  test('the reconciler ignores queued jobs, recently changed jobs and parents waiting for children', async () => {
    await age((await begin()).claim.jobId)
    await loseEntry(await queue.create())
    await age(await startWaiting(1))
    assert.deepEqual(await repair(), { resent: 0, cancelled: 0, parents: 0, ended: [] })
  })
})

describe("a waiting parent's count of open children", () => {
  for (const [what, wrong] of [
    ['too high', 7],
    ['too low', 0],
  ] as const) {
    test(`a count of open children that is ${what} is corrected, and the parent ends with its last child`, async () => {
      const parentId = await startWaiting(2)
      await sql`update job set open_children = ${wrong} where id = ${parentId}`.execute(database.db)
      assert.equal((await repair()).parents, 1)
      await complete(await queue.claim())
      assert.deepEqual(await states(parentId), ['running', 'completed', 'pending'])
      await complete(await queue.claim())
      assert.deepEqual(await states(parentId), ['completed', 'completed', 'completed'])
    })
  }

  test('a parent that waits although no child is open ends', async () => {
    const parentId = await startWaiting(1)
    await sql`update job set open_children = 2 where id = ${parentId}`.execute(database.db)
    await complete(await queue.claim())
    assert.deepEqual(await states(parentId), ['running', 'completed'])
    const { parents, ended } = await repair()
    assert.deepEqual([parents, ended.map((each) => each.state)], [1, ['completed']])
    assert.deepEqual(await states(parentId), ['completed', 'completed'])
  })
})

test('of two servers that reconcile at once only one repairs a job', async () => {
  const jobId = await queue.create()
  await loseEntry(jobId)
  await age(jobId)
  const both = await Promise.all([repair(), repair()])
  assert.equal(both[0].resent + both[1].resent, 1)
})
