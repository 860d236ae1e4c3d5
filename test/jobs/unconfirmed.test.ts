import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { type Boss, createBoss, type Delivery } from '#jobs/boss.ts'
import { ClaimLostError, claimJob } from '#jobs/claim.ts'
import { enqueueJob } from '#jobs/enqueue.ts'
import { type Run, settleRun } from '#jobs/settle.ts'
import { newId } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobType } from '#test/jobs.ts'

// A claim and a settle are one statement each. When the connection breaks before its answer, nobody knows whether it happened, and it is
// sent again; here the answer is simply taken for lost.

let database: TestDatabase
let boss: Boss
let fetcher: PgBoss
const type = jobType('unconfirmed', async () => ({}))

before(async () => {
  database = await createTestDatabase()
  boss = createBoss({ url: database.url, log: silentLog() })
  await boss.start()
  fetcher = new PgBoss({ connectionString: database.url, migrate: false, supervise: false, schedule: false, max: 1 })
  fetcher.on('error', () => undefined)
  await fetcher.start()
})
after(async () => {
  await fetcher.stop({ graceful: false })
  await boss.stop(0)
  await database.close()
})

async function deliver(): Promise<Delivery> {
  await enqueueJob(database.db, boss, type, { accountId: null, parameters: {}, priority: 0 })
  const [entry] = await fetcher.fetch(type.queue)
  assert.ok(entry)
  return { jobId: entry.id, number: entry.retryCount, signal: new AbortController().signal }
}

async function claimed(delivery: Delivery): Promise<Run> {
  const claim = await claimJob(database.db, delivery)
  assert.ok(claim)
  return { claim, queue: type.queue, delivery }
}

async function queueEntry(jobId: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<Record<string, unknown>>`select * from pgboss.job where id = ${jobId}`.execute(database.db)
  const { id: _, created_on, started_on, heartbeat_on, completed_on, start_after, keep_until, ...rest } = rows[0] ?? {}
  return { ...rest, ended: completed_on !== null }
}

test('a claim that is sent again is the same claim; the same delivery under another token is refused', async () => {
  const delivery = await deliver()
  const token = newId()
  const first = await claimJob(database.db, delivery, token)
  const again = await claimJob(database.db, delivery, token)
  assert.equal(first?.attempt, 1)
  // The second is asked later.
  assert.deepEqual({ ...again, waitedSeconds: 0 }, { ...first, waitedSeconds: 0 })
  assert.equal(await claimJob(database.db, delivery), null)
})

test('a settle that is sent again finds its own end; a run that never had the claim does not', async () => {
  const run = await claimed(await deliver())
  const ending = { state: 'completed', result: { cells: 3 } } as const
  const [first] = await settleRun(database.db, boss, run, ending)
  const [again] = await settleRun(database.db, boss, run, ending)
  assert.equal(again.state, 'completed')
  assert.equal(typeof first.runSeconds, 'number')
  const other: Run = { ...run, claim: { ...run.claim, token: newId() } }
  await assert.rejects(settleRun(database.db, boss, other, ending), ClaimLostError)
})

test('a settle ends the queue entry as pg-boss would', async () => {
  const ours = await claimed(await deliver())
  await settleRun(database.db, boss, ours, { state: 'completed', result: {} })
  const theirs = await claimed(await deliver())
  await database.db.transaction().execute((trx) => boss.complete(trx, type.queue, theirs.delivery))
  assert.deepEqual(await queueEntry(ours.claim.jobId), await queueEntry(theirs.claim.jobId))
})

test('a settle whose claim is gone leaves the queue entry alone', async () => {
  const run = await claimed(await deliver())
  await sql`update job set attempt = attempt + 1 where id = ${run.claim.jobId}`.execute(database.db)
  await assert.rejects(settleRun(database.db, boss, run, { state: 'completed', result: {} }), ClaimLostError)
  assert.equal((await queueEntry(run.claim.jobId))['state'], 'active')
})
