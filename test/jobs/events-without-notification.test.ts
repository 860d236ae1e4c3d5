import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Jobs } from '#jobs/jobs.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobType, signal, startTestJobs } from '#test/jobs.ts'

// Subscribers learn of every end, even without notifications.

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
})
after(() => database.close())

/** Subscribes to all jobs; `sees` resolves with the first matching record. */
function follow(jobs: Jobs) {
  const seen: JobRecord[] = []
  let resets = 0
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const check of waiting) check()
  }
  const end = jobs.subscribe({
    visibility: { all: true },
    onJob(job) {
      seen.push(job)
      wake()
    },
    onReset() {
      resets++
      wake()
    },
  })
  function until<T>(find: () => T | undefined): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>()
    const check = () => {
      const found = find()
      if (found === undefined) return
      waiting.delete(check)
      resolve(found)
    }
    waiting.add(check)
    check()
    return promise
  }
  return {
    end,
    seen,
    sees: (id: string, state: JobRecord['jobState']) => until(() => seen.find((job) => job.id === id && job.jobState === state)),
    reset: () => until(() => (resets > 0 ? true : undefined)),
  }
}

/** Refuses the listener's connections, as a pooler in front of the database would. */
async function refuseListeners(): Promise<void> {
  await sql`
    create function refuse_listeners() returns event_trigger language plpgsql as $$
    begin
      if current_setting('application_name') = 'chartroom-listen' then raise exception 'no LISTEN here'; end if;
    end $$`.execute(database.db)
  await sql`create event trigger refuse_listeners on login execute function refuse_listeners()`.execute(database.db)
}

async function admitListeners(): Promise<void> {
  await sql`drop event trigger refuse_listeners`.execute(database.db)
  await sql`drop function refuse_listeners`.execute(database.db)
}

test('without LISTEN subscribers still see a job run and end', async () => {
  await refuseListeners()
  const release = signal()
  const held = jobType('held', async () => {
    await release.promise
    return { cells: 2 }
  })
  await using jobs = await startTestJobs(database, [held])
  const follower = follow(jobs)
  const { jobId } = await jobs.create({ jobType: 'held', accountId: null })
  await follower.sees(jobId, 'running')
  release.resolve()
  const ended = await follower.sees(jobId, 'completed')
  assert.deepEqual(ended.result, { cells: 2 })
  // Once LISTEN works, subscribers must read everything again.
  await admitListeners()
  await follower.reset()
  follower.end()
})

test('an end that was never announced, because its worker died, is found', async () => {
  await using jobs = await startTestJobs(database, [jobType('unannounced', async () => ({}))], { concurrency: null })
  const follower = follow(jobs)
  const { jobId } = await jobs.create({ jobType: 'unannounced', accountId: null })
  await follower.sees(jobId, 'pending')
  await sql`
    update job set job_state = 'completed', result = '{}', percent_complete = 100, started_at = now(), finished_at = now(), updated_at = now()
    where id = ${jobId}
  `.execute(database.db)
  const ended = await follower.sees(jobId, 'completed')
  assert.equal(ended.percentComplete, 100)
  follower.end()
})

test('the poll does not report a change twice', async () => {
  await using jobs = await startTestJobs(database, [jobType('quick', async () => ({}))])
  const follower = follow(jobs)
  const first = await jobs.create({ jobType: 'quick', accountId: null })
  await follower.sees(first.jobId, 'completed')
  // Only the poll finds this one, so at least one poll has seen the first.
  await sql`
    insert into job (id, root_job_id, job_type, job_state, finished_at) values
      ('01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000001', 'quick', 'completed', now())
  `.execute(database.db)
  await follower.sees('01a00000-0000-7000-8000-000000000001', 'completed')
  assert.equal(follower.seen.filter((job) => job.id === first.jobId && job.jobState === 'completed').length, 1)
  follower.end()
})
