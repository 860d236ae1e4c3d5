import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { lockIsAwaited } from '#test/jobs.ts'
import { assertListAnswer } from './assert-list-answer.ts'
import { assertProblem } from './assert-problem.ts'
import { startEngineFixture } from './engine-fixture.ts'

// The additions to List Jobs: cursor, jobType, jobState, parentJobId.

const path = '/api/portal/v1/jobs'
const fixture = await startEngineFixture([], { engine: { concurrency: null } })
after(() => fixture[Symbol.asyncDispose]())
const { server, database, admin, user, foreign } = fixture

// 240 jobs within eight seconds, ten of them at the same millisecond each time; by account and state in turn. Each tenth is the
// parent of the nine before it.
const STATES = ['completed', 'failed', 'running', 'pending', 'cancelled']
await sql`
  insert into job (id, root_job_id, parent_job_id, job_type, job_state, account_id, created_at)
  select id, id, case when n % 10 > 0 then md5((n - n % 10)::text)::uuid end, (array['user-upload','clear-tiles'])[1 + n % 2],
    (${STATES}::text[])[1 + n % 5],
    case (n / 10) % 3 when 0 then ${user.accountId}::bigint when 1 then ${foreign.accountId}::bigint end,
    timestamptz '2026-01-15 08:00:00Z' + (n / 10) * interval '333 milliseconds'
  from (select n, md5(n::text)::uuid as id from generate_series(0, 239) n) made
`.execute(database.db)

interface Page {
  jobs: JobRecord[]
  pagination: { limit: number; offset: number; total: number; nextCursor?: string | null }
}

async function page(query: string, token = admin): Promise<Page> {
  const answer = await server.call('GET', `${path}?${query}`, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body as Page
}

/** All pages from the first cursor to the last. */
async function walk(query: string, token = admin): Promise<Page[]> {
  const pages: Page[] = []
  for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
    const next: Page = await page(`cursor=${cursor}&${query}`, token)
    pages.push(next)
    cursor = next.pagination.nextCursor
    assert.notEqual(cursor, undefined)
  }
  return pages
}

const FILTERS = [
  '',
  'activeOnly=true',
  'jobType=clear-tiles',
  'jobState=failed',
  'activeOnly=true&jobState=pending&jobType=user-upload',
]

test('the pages of a cursor together are the list of the offset: same jobs, same order, same total, for everyone and every filter', async () => {
  const ask = fc.record({
    limit: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(200, 500)),
    filter: fc.constantFrom(...FILTERS),
    token: fc.constantFrom(admin, user.token, foreign.session),
  })
  await fc.assert(
    fc.asyncProperty(ask, async ({ limit, filter, token }) => {
      const whole = [await page(`limit=200&${filter}`, token), await page(`limit=200&offset=200&${filter}`, token)]
      const pages = await walk(`limit=${limit}&${filter}`, token)
      assert.deepEqual(
        pages.flatMap(({ jobs }) => jobs),
        whole.flatMap(({ jobs }) => jobs),
      )
      for (const { jobs, pagination } of pages.slice(0, -1)) {
        assert.equal(jobs.length, Math.min(limit, 200))
        assert.match(pagination.nextCursor ?? '', /^[A-Za-z0-9_-]+$/)
      }
      for (const { pagination } of pages) {
        const { nextCursor: _, ...rest } = pagination
        assert.deepEqual(rest, { limit: Math.min(limit, 200), offset: 0, total: whole[0]?.pagination.total })
      }
    }),
    { numRuns: 12, seed: 3 },
  )
})

test('the page that is just full is the last one when nothing follows', async () => {
  const pages = await walk('limit=120')
  assert.deepEqual(
    pages.map(({ jobs, pagination }) => [jobs.length, typeof pagination.nextCursor]),
    [
      [120, 'string'],
      [120, 'object'],
    ],
  )
})

test('jobs that arrive in the meantime do not move the pages', async () => {
  const first = await page('cursor=&limit=10')
  await sql`
    insert into job (id, root_job_id, job_type, created_at) select id, id, 'clear-tiles', now()
    from (select md5('new' || n)::uuid as id from generate_series(1, 5) n) made
  `.execute(database.db)
  const second = await page(`cursor=${first.pagination.nextCursor}&limit=10`)
  await sql`delete from job where created_at > '2026-02-01'`.execute(database.db)
  const both = await page('limit=20')
  assert.deepEqual([...first.jobs, ...second.jobs], both.jobs)
  assert.equal(second.pagination.total, 245)
})

test('without cursor the answer has the documented shape, with any other parameter', async () => {
  for (const filter of [...FILTERS, `parentJobId=${'0'.repeat(8)}-0000-4000-8000-000000000000`]) {
    const answer = await server.call('GET', `${path}?limit=3&${filter}`, { token: admin })
    assertListAnswer(answer.body)
  }
})

test('the filters keep what they say, and the total counts what they keep', async () => {
  const failed = await page('jobState=failed&limit=200')
  assert.deepEqual([...new Set(failed.jobs.map((job) => job.jobState))], ['failed'])
  assert.equal(failed.pagination.total, 48)
  const tiles = await page('jobType=clear-tiles&limit=200')
  assert.deepEqual([...new Set(tiles.jobs.map((job) => job.jobType))], ['clear-tiles'])
  assert.equal(tiles.pagination.total, 120)
  assert.deepEqual(await page('activeOnly=true&jobState=failed'), { jobs: [], pagination: { limit: 25, offset: 0, total: 0 } })
  assert.equal((await page('jobType=nonsense')).pagination.total, 0)
  const [parent] = (await page('limit=200', user.token)).jobs.filter(
    (job) => job.accountId === user.accountId && job.parentJobId === null,
  )
  for (const id of [parent?.id ?? '', parent?.id.toUpperCase()]) {
    const children = await page(`parentJobId=${id}&cursor=`, user.token)
    assert.equal(children.pagination.total, 9)
    for (const child of children.jobs) assert.equal(child.parentJobId, parent?.id)
    assert.equal((await page(`parentJobId=${id}`, foreign.token)).pagination.total, 0, 'not the children of a foreign account')
  }
})

test('no page shows a job of a foreign account', async () => {
  for (const [token, accountId] of [
    [user.token, user.accountId],
    [foreign.token, foreign.accountId],
  ] as const) {
    const accounts = new Set((await walk('limit=37', token)).flatMap(({ jobs }) => jobs.map((job) => job.accountId)))
    assert.deepEqual(accounts, new Set([null, accountId]))
  }
})

for (const cursor of ['start', 'x', '0', 'null', '%20', `${'A'.repeat(300)}`, Buffer.from('1.2').toString('base64url')]) {
  test(`the cursor "${cursor.slice(0, 20)}" is refused`, async () => {
    const answer = await server.call('GET', `${path}?cursor=${cursor}`, { token: admin })
    const problem = assertProblem(answer, 400, cursor.length > 200 ? 'VALIDATION_FAILED' : 'CURSOR_INVALID')
    assert.equal(problem.errors?.[0]?.field, 'cursor')
  })
}

test('a cursor with anything added or left out is refused', async () => {
  const { nextCursor } = (await page('cursor=&limit=1')).pagination
  assert.ok(nextCursor)
  for (const wrong of [`${nextCursor}=`, `${nextCursor}!`, `-${nextCursor}`, nextCursor.slice(0, -2), nextCursor.toUpperCase()]) {
    assertProblem(
      await server.call('GET', `${path}?cursor=${encodeURIComponent(wrong)}`, { token: admin }),
      400,
      'CURSOR_INVALID',
    )
  }
})

test('a cursor of any time that can be written is an answer, not an error', async () => {
  for (const time of [0, 8.64e15, 1_736_942_400_000]) {
    const cursor = Buffer.from(`${time}.00000000-0000-4000-8000-000000000000`).toString('base64url')
    await page(`cursor=${cursor}`)
  }
})

const refused: [query: string, field: string][] = [
  ['cursor=&cursor=', 'cursor'],
  ['cursor=&offset=1', 'offset'],
  ['jobState=done', 'jobState'],
  ['jobState=', 'jobState'],
  ['jobState=Failed', 'jobState'],
  ['jobState=failed&jobState=failed', 'jobState'],
  ['jobType=a&jobType=b', 'jobType'],
  [`jobType=${'a'.repeat(201)}`, 'jobType'],
  ['parentJobId=1', 'parentJobId'],
  ['parentJobId=', 'parentJobId'],
  ['parentJobId=null', 'parentJobId'],
]
for (const [query, field] of refused) {
  test(`"${query.slice(0, 40)}" is refused and names ${field}`, async () => {
    const problem = assertProblem(await server.call('GET', `${path}?${query}`, { token: admin }), 400, 'VALIDATION_FAILED')
    // A list of values breaks the type and the enumeration: one field, two reasons.
    assert.deepEqual([...new Set(problem.errors?.map((error) => error.field))], [field])
  })
}

test('offset=0 beside a cursor means nothing and is accepted', async () => {
  assert.equal((await page('cursor=&offset=0&limit=1')).jobs.length, 1)
})

test('an offset above 100,000 is answered with the way to go, which works', async () => {
  const problem = assertProblem(await server.call('GET', `${path}?offset=100001`, { token: admin }), 400, 'OFFSET_TOO_LARGE')
  assert.match(problem.detail, /parameter cursor: empty for the first page, then pagination\.nextCursor/)
})

test('when the client goes away its query ends', async () => {
  const client = new AbortController()
  await database.db.transaction().execute(async (trx) => {
    await sql`lock table job in access exclusive mode`.execute(trx)
    const answer = fetch(`${server.origin}${path}`, { headers: { authorization: `Bearer ${admin}` }, signal: client.signal })
    await lockIsAwaited(database)
    client.abort()
    await assert.rejects(answer, { name: 'AbortError' })
    // The lock is held until its waiter is gone: were it not ended, this would wait for the statement's own bound and fail.
    for (;;) {
      const waiting = await sql<{ query_start: Date; seconds: number }>`
        select extract(epoch from clock_timestamp() - query_start)::float8 as seconds from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%from job%'
      `.execute(database.db)
      if (waiting.rows.length === 0) break
      assert.ok((waiting.rows[0]?.seconds ?? 0) < 4.5, 'the query runs on although its client has gone')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })
  assert.equal((await page('limit=1')).jobs.length, 1)
})
