import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { JobRecord, JobState } from '#jobs/model/job-record.ts'
import type { JobCounts } from '#jobs/read/count-jobs.ts'
import { assertProblem } from './assert-problem.ts'
import { startEngineFixture } from './engine-fixture.ts'

// The filters of List Jobs and of the counts, over jobs that are there in advance and that no worker runs.

const path = '/api/portal/v1/jobs'
const fixture = await startEngineFixture([], { engine: { concurrency: null } })
after(() => fixture[Symbol.asyncDispose]())
const { server, database, admin, user, foreign } = fixture

// 240 jobs, one a minute: in turn of the user's account, of a foreign one and of the whole server; of two types and all states; every
// second one a child of the one before.
const START = Date.UTC(2026, 0, 15, 8)
const MINUTE = 60_000
await sql`
  insert into job (id, root_job_id, parent_job_id, job_type, job_state, account_id, created_at, started_at, finished_at)
  select id, root, case when n % 2 = 1 then root end, case when n % 6 < 3 then 'clear-tiles' else 'user-upload' end,
    (array['completed', 'failed', 'running', 'pending', 'cancelled', 'completed', 'completed'])[1 + n % 7],
    case (n / 2) % 3 when 0 then ${user.accountId}::bigint when 1 then ${foreign.accountId}::bigint end, at, at, at
  from (
    select n, md5(n::text)::uuid as id, md5((n - n % 2)::text)::uuid as root,
      to_timestamp(${START / 1_000}) + n * interval '1 minute' as at
    from generate_series(0, 239) n
  ) made
`.execute(database.db)

type Matches = (job: JobRecord) => boolean
interface Page {
  jobs: JobRecord[]
  pagination: { total: number; nextCursor: string | null }
}

const page = async (query: string, token: string) => {
  const answer = await server.call('GET', `${path}?${query}`, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as Page
}

/** All pages of seven jobs by cursor; each has the same total. */
async function pages(query: string, token: string): Promise<{ jobs: JobRecord[]; total: number }> {
  const jobs: JobRecord[] = []
  let total: number | null = null
  for (let cursor: string | null = ''; cursor !== null; ) {
    const found: Page = await page(`${query}&limit=7&cursor=${cursor}`, token)
    total ??= found.pagination.total
    assert.equal(found.pagination.total, total)
    jobs.push(...found.jobs)
    cursor = found.pagination.nextCursor
  }
  return { jobs, total: total ?? 0 }
}

const states =
  (...wanted: JobState[]): Matches =>
  ({ jobState }) =>
    wanted.includes(jobState)
const all: Matches = () => true
const parent = (await page('limit=1&parentJobId=none', admin)).jobs[0]?.id ?? ''

const filters: [query: string, matches: Matches][] = [
  ['parentJobId=none', (job) => job.parentJobId === null],
  [`parentJobId=${parent}`, (job) => job.parentJobId === parent],
  ['jobState=failed,cancelled', states('failed', 'cancelled')],
  ['jobState=failed', states('failed')],
  ['jobState=failed,running', states('failed', 'running')],
  ['jobState=completed', states('completed')],
  ['jobState=completed,pending', states('completed', 'pending')],
  ['jobState=pending,running,completed,failed,cancelled', all],
  ['jobState=failed,failed', states('failed')],
  ['activeOnly=true', states('pending', 'running')],
  ['activeOnly=true&jobState=running,failed', states('running')],
  ['activeOnly=true&jobState=failed', () => false],
  [`accountId=${user.accountId}`, (job) => job.accountId === user.accountId],
  [`accountId=${foreign.accountId}`, (job) => job.accountId === foreign.accountId],
  ['accountId=999999', () => false],
  [`createdAfter=${START + 60 * MINUTE}`, (job) => job.createdAt >= START + 60 * MINUTE],
  [`createdBefore=${START + 60 * MINUTE}`, (job) => job.createdAt < START + 60 * MINUTE],
  [
    `createdAfter=${START + 60 * MINUTE}&createdBefore=${START + 180 * MINUTE}&jobState=failed,completed`,
    (job) => job.createdAt >= START + 60 * MINUTE && job.createdAt < START + 180 * MINUTE && states('failed', 'completed')(job),
  ],
  ['createdAfter=8640000000000000', () => false],
  ['createdBefore=0', () => false],
  [
    'jobType=user-upload&parentJobId=none&jobState=completed,failed',
    (job) => job.jobType === 'user-upload' && job.parentJobId === null && states('completed', 'failed')(job),
  ],
  [
    `jobType=clear-tiles&accountId=${user.accountId}&jobState=cancelled,failed`,
    (job) => job.jobType === 'clear-tiles' && job.accountId === user.accountId && states('failed', 'cancelled')(job),
  ],
]

const callers: { name: string; token: string; sees: Matches }[] = [
  { name: 'an administrator', token: admin, sees: all },
  { name: 'a user', token: user.token, sees: (job) => job.accountId === null || job.accountId === user.accountId },
]
const everything = (await pages('activeOnly=false', admin)).jobs

test('there are 240 jobs', () => assert.equal(everything.length, 240))

for (const { name, token, sees } of callers) {
  for (const [query, matches] of filters) {
    test(`${name} lists and counts with ${query} what matches, by cursor, by offset and as summaries`, async () => {
      const expected = everything.filter((job) => sees(job) && matches(job))
      const { jobs, total } = await pages(query, token)
      assert.deepEqual(jobs, expected)
      assert.equal(total, expected.length)
      const middle = await page(`${query}&limit=5&offset=3`, token)
      assert.deepEqual(middle.jobs, expected.slice(3, 8))
      const brief = await pages(`${query}&view=summary`, token)
      assert.deepEqual(
        brief.jobs.map((job) => job.id),
        expected.map((job) => job.id),
      )
      const counts = (await server.call('GET', `${path}/counts?${query}`, { token })).body as JobCounts
      assert.equal(counts.total, expected.length)
      for (const [state, count] of Object.entries(counts.byState))
        assert.equal(count, expected.filter((job) => job.jobState === state).length, state)
      assert.deepEqual(
        new Map(Object.entries(counts.byType)),
        new Map(Object.entries(Object.groupBy(expected, (job) => job.jobType)).map(([type, of]) => [type, of?.length])),
      )
    })
  }
}

const refused: [query: string, field: string, accepts: RegExp][] = [
  ['jobState=done', 'jobState', /pending, running, completed, failed, cancelled/],
  ['jobState=failed,', 'jobState', /pending, running, completed, failed, cancelled/],
  ['jobState=failed,%20cancelled', 'jobState', /separated by commas/],
  ['jobState=', 'jobState', /must be one of/],
  ['parentJobId=root', 'parentJobId', /a UUID or none/],
  ['parentJobId=', 'parentJobId', /a UUID or none/],
  ['accountId=0', 'accountId', /at least 1/],
  ['accountId=none', 'accountId', /whole number/],
  ['createdAfter=2026-01-15', 'createdAfter', /whole number/],
  ['createdAfter=-1', 'createdAfter', /at least 0/],
  ['createdBefore=8640000000000001', 'createdBefore', /at most/],
]

for (const [query, field, accepts] of refused) {
  test(`${query} is refused by List Jobs and by the counts, with what is accepted`, async () => {
    for (const url of [`${path}?${query}`, `${path}/counts?${query}`]) {
      const problem = assertProblem(await server.call('GET', url, { token: admin }), 400, 'VALIDATION_FAILED')
      assert.deepEqual(
        problem.errors?.map((error) => error.field),
        [field],
      )
      assert.match(problem.detail, accepts)
    }
  })
}

test('the counts need a token', async () => {
  assertProblem(await server.call('GET', `${path}/counts`), 401, 'TOKEN_MISSING')
})
