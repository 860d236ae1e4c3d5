import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { systemClock } from '#lib/clock.ts'
import { deleteReportsOf } from '#reports/delete-reports-of.ts'
import { createUserReports } from '#reports/points/user-reports.ts'
import { expireUserReports, startExpiry } from '#tasks/expire-user-reports.ts'
import { createTestDatabase } from '#test/database.ts'
import { jobReaches, startTestJobs } from '#test/jobs.ts'
import { createTestReports, EXPIRATION_AGE } from '#test/reports.ts'

const database = await createTestDatabase()
const { db } = database
let now = Date.UTC(2026, 7, 14)
const clock = { ...systemClock, now: () => now }
const DAY = 86_400_000
const RETENTION = 30 * DAY
const options = { db, clock, expirationAge: EXPIRATION_AGE, retention: RETENTION }
const jobs = await startTestJobs(database, [expireUserReports(options)])
const reports = createUserReports(options)
const bathymetry = createTestReports({ db, clock })
after(async () => {
  await bathymetry.close()
  await jobs.close(5_000)
  await database.close()
})

async function addUser(name: string) {
  const account = await db.insertInto('account').values({ name }).returning('id').executeTakeFirstOrThrow()
  const values = { account_id: account.id, username: name, password_hash: '' }
  const user = await db.insertInto('app_user').values(values).returning('id').executeTakeFirstOrThrow()
  return { userId: user.id, accountId: account.id }
}

const first = await addUser('first')
const second = await addUser('second')
const create = (by = first) =>
  reports.create(by, {
    ...{ id: randomUUID(), reportType: 'hazard', position: { latitude: 1, longitude: 2 } },
    ...{ properties: {}, externalUserId: null },
  })
const allJobs = async () => (await jobs.list({ visibility: { all: true }, activeOnly: false, limit: 200, offset: 0 })).jobs
const signal = AbortSignal.any([])
const listAll = async () =>
  (await reports.list(first, { limit: 200, offset: 0, includeDeleted: true, includeExpired: true }, signal)).reports
const idsOfAll = async () => (await listAll()).map(({ id }) => id)

test('no job is started while no report is due', async () => {
  await create()
  now += EXPIRATION_AGE - 1
  assert.equal(await startExpiry(jobs, options), false)
  assert.deepEqual(await allJobs(), [])
})

test('one job records the expiry of due reports at the end of their age, and a second start does nothing', async () => {
  const [due] = await listAll()
  const deleted = await create()
  await reports.delete({ ...first, isAdmin: false }, deleted.id)
  now += EXPIRATION_AGE - 5
  const fresh = await create()
  const before = await listAll()
  assert.equal((await Promise.all([1, 2, 3].map(() => startExpiry(jobs, options)))).filter(Boolean).length, 1)
  const [job] = await allJobs()
  const done = await jobReaches(jobs, job?.id ?? '')
  assert.deepEqual([done.jobState, done.result], ['completed', { expired: 1, purged: 0 }])
  assert.deepEqual(await listAll(), before, 'the answers were right before the job too')
  const rows = await db.selectFrom('user_report').select(['id', 'expired_at']).execute()
  const expiredAt = (id = '') => rows.find((row) => row.id === id)?.expired_at?.getTime()
  assert.equal(expiredAt(due?.id), (due?.createdAt ?? 0) + EXPIRATION_AGE)
  assert.deepEqual([expiredAt(fresh.id), expiredAt(deleted.id)], [undefined, undefined])
  assert.equal(await startExpiry(jobs, options), false)
  assert.equal((await allJobs()).length, 1)
})

/** Runs the job and gives back its result; null when it was not started. */
async function runExpiry() {
  if (!(await startExpiry(jobs, options))) return null
  const [job] = await allJobs()
  const { jobState, result } = await jobReaches(jobs, job?.id ?? '')
  assert.equal(jobState, 'completed')
  return result
}

test('a report is deleted for good, with its votes, when the retention after its end is over, and not a moment earlier', async () => {
  now += RETENTION + EXPIRATION_AGE
  await runExpiry()
  assert.deepEqual(await listAll(), [], 'reports of other tests are gone')

  const started = now
  const expiring = await create()
  await reports.vote(second, expiring.id, { isValid: true, externalUserId: null })
  now += 1_000
  const deleted = await create()
  await reports.vote(second, deleted.id, { isValid: false, externalUserId: null })
  await reports.delete({ ...first, isAdmin: false }, deleted.id)
  now = started + EXPIRATION_AGE
  assert.deepEqual(await runExpiry(), { expired: 1, purged: 0 })

  now = started + 1_000 + RETENTION - 1
  const active = await create()
  assert.equal(await runExpiry(), null, 'no job while each report is within its retention')
  assert.equal((await listAll()).length, 3)
  now++
  assert.deepEqual(await runExpiry(), { expired: 0, purged: 1 })
  assert.deepEqual(await idsOfAll(), [active.id, expiring.id], 'the report that was deleted goes first')
  await assert.rejects(reports.delete({ ...first, isAdmin: false }, deleted.id), { code: 'REPORT_NOT_FOUND' })

  now = started + EXPIRATION_AGE + RETENTION
  await runExpiry()
  assert.deepEqual(await idsOfAll(), [active.id])
  assert.deepEqual(await db.selectFrom('user_report_vote').selectAll().execute(), [])
})

test('a server that was stopped for long records and deletes the reports of several batches in one job', async () => {
  const many = Array.from({ length: 2_500 }, () => ({
    ...{ id: randomUUID(), account_id: first.accountId, user_id: first.userId, report_type: 'hazard', place: null },
    ...{ latitude: 1, longitude: 2, properties: '{}', created_at: new Date(now), updated_at: new Date(now) },
  }))
  await db.insertInto('user_report').values(many).execute()
  now += EXPIRATION_AGE + RETENTION
  const fresh = await create()
  assert.deepEqual(await runExpiry(), { expired: 2_501, purged: 2_501 })
  assert.deepEqual(await idsOfAll(), [fresh.id])
  assert.equal(await runExpiry(), null, 'nothing is left to do')
})

test('deleting what a user has reported also takes back the votes, and leaves the rest', async () => {
  const mine = await create(first)
  const other = await create(second)
  for (const by of [first, second]) {
    await reports.vote(by, mine.id, { isValid: true, externalUserId: null })
    await reports.vote(by, other.id, { isValid: by === second, externalUserId: null })
  }
  for (const by of [first, second]) {
    const body = Buffer.from(JSON.stringify({ soundings: [{ latitude: 1, longitude: 2, depth: 3, time: 1_000 }] }))
    await bathymetry.services.bathymetry.create(by, body, signal)
  }
  while ((await db.transaction().execute((trx) => deleteReportsOf(trx, { userId: first.userId }))) > 0);
  const left = await listAll()
  assert.deepEqual(
    left.map(({ id, upvoteCount, downvoteCount }) => [id, upvoteCount, downvoteCount]),
    [[other.id, 1, 0]],
  )
  const count = async (table: 'user_report_vote' | 'bathymetry_track' | 'bathymetry_piece') =>
    (await db.selectFrom(table).selectAll().execute()).length
  assert.deepEqual(
    await Promise.all([count('user_report_vote'), count('bathymetry_track'), count('bathymetry_piece')]),
    [1, 1, 1],
  )
  while ((await db.transaction().execute((trx) => deleteReportsOf(trx, { accountId: second.accountId }))) > 0);
  assert.deepEqual(await listAll(), [])
})

test('a deletion of a user and a purge that want the same report wait for each other in one order', async () => {
  const report = await create(second)
  await reports.vote(first, report.id, { isValid: true, externalUserId: null })
  const removal = await db.transaction().execute(async (purge) => {
    await sql`select id from user_report where id = ${report.id} for update`.execute(purge)
    const waiting = db.transaction().execute((trx) => deleteReportsOf(trx, { userId: first.userId }))
    for (let isBlocked = false; !isBlocked; ) {
      const { rows } =
        await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      isBlocked = rows.length > 0
    }
    // A deletion that had locked the vote first would be a deadlock here.
    await sql`delete from user_report where id = ${report.id}`.execute(purge)
    return { waiting }
  })
  assert.equal(await removal.waiting, 0, 'the vote has gone with the report')
  assert.deepEqual(await listAll(), [])
})

test('a vote is deleted with its user even when only the row of the user is deleted', async () => {
  const voter = await addUser('voter')
  const report = await create(first)
  await reports.vote(voter, report.id, { isValid: true, externalUserId: null })
  await db.deleteFrom('app_user').where('id', '=', voter.userId).execute()
  assert.equal((await listAll()).find(({ id }) => id === report.id)?.upvoteCount, 0)
})
