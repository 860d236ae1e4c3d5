import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely, type KyselyConfig, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from '#db/schema.ts'
import { queuePlaces } from '#jobs/queue/delivery-queue.ts'
import { type ListJobsQuery, listJobs, listSummaries } from '#jobs/read/list-jobs.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { startServerProcess } from '#test/server-process.ts'
import { percentile, shown, timed } from './figures.ts'
import { fill } from './fill.ts'
import { newDatabase } from './new-database.ts'
import { startTimedClient, type TimedClient } from './timed-client.ts'

const SMALL = 1_000
/** Rounds that do not count, until the JavaScript engine has compiled the code. */
const WARM_UP = 100
const ACCOUNT = 7

interface Case {
  name: string
  query: string
  asAccount: boolean
  same: Omit<ListJobsQuery, 'visibility'>
  isSummary?: true
}

const CASES: readonly Case[] = [
  { name: 'default page', query: '', asAccount: false, same: { activeOnly: false, limit: 25, offset: 0 } },
  { name: 'activeOnly', query: '?activeOnly=true', asAccount: false, same: { activeOnly: true, limit: 25, offset: 0 } },
  { name: 'one account', query: '', asAccount: true, same: { activeOnly: false, limit: 25, offset: 0 } },
  { name: 'offset 100,000', query: '?offset=100000', asAccount: false, same: { activeOnly: false, limit: 25, offset: 100_000 } },
  { name: 'limit 200', query: '?limit=200', asAccount: false, same: { activeOnly: false, limit: 200, offset: 0 } },
  {
    ...{ name: 'summary, top level', query: '?view=summary&parentJobId=none', asAccount: false, isSummary: true },
    same: { activeOnly: false, limit: 25, offset: 0, parentJobId: 'none' },
  },
  {
    ...{ name: 'summary, unsuccessful', query: '?view=summary&jobState=failed,cancelled', asAccount: true, isSummary: true },
    same: { activeOnly: false, limit: 25, offset: 0, jobStates: ['failed', 'cancelled'] },
  },
]

/** Times List Jobs over HTTP, its bare statements, and HTTP on a table of 1,000 jobs, in turns so that load affects all alike. */
export async function benchList(serverUrl: string, jobs: number, rounds: number): Promise<void> {
  const filling = performance.now()
  const client = startTimedClient()
  const large = await openListing(serverUrl, 'bench_large', jobs, client)
  const small = await openListing(serverUrl, 'bench_small', SMALL, client)
  console.log(
    `List Jobs, ${jobs} jobs stored (filled in ${Math.round((performance.now() - filling) / 1000)} s), ${rounds} rounds, milliseconds`,
  )
  console.log(
    '                         HTTP p50     p99 | bare SQL p50     p99 | HTTP of 1,000 p50     p99 | to SQL p50  p99  to 1,000 p50',
  )
  for (const each of CASES) {
    const statements = await large.statementsOf(each)
    const times = { http: [] as number[], sql: [] as number[], small: [] as number[] }
    for (let round = -WARM_UP; round < rounds; round++) {
      const http = await large.get(each)
      const sql = await timed(() => large.replay(statements))
      const smallTime = await small.get(each)
      if (round < 0) continue
      times.http.push(http)
      times.sql.push(sql)
      times.small.push(smallTime)
    }
    const p = (list: number[], share: number) => percentile(list, share)
    const ratio = (share: number) => (p(times.http, share) / p(times.sql, share)).toFixed(2).padStart(5)
    const toSmall = (p(times.http, 0.5) / p(times.small, 0.5)).toFixed(2).padStart(5)
    console.log(
      `  ${each.name.padEnd(21)} ${shown(p(times.http, 0.5))} ${shown(p(times.http, 0.99))} |      ${shown(p(times.sql, 0.5))} ${shown(p(times.sql, 0.99))} |           ${shown(p(times.small, 0.5))} ${shown(p(times.small, 0.99))} |      ${ratio(0.5)} ${ratio(0.99)}         ${toSmall}`,
    )
  }
  await large.measureCounts()
  await large.close()
  await small.close()
  await client.close()
}

async function openListing(serverUrl: string, name: string, count: number, client: TimedClient) {
  const database = await newDatabase(serverUrl, name)
  const { db, url } = database
  await fill(url, count)
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-list-'))
  const adminToken = newToken()
  const environment = { DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'warn', PROVISIONING_DEFAULT_TOKEN: adminToken }
  const server = await startServerProcess(environment, ['serve', '--role', 'api'])
  const userToken = newToken()
  await db.insertInto('account').values({ name: 'bench', plan_instance: null }).execute()
  for (let id = 2; id < ACCOUNT; id++)
    await db
      .insertInto('account')
      .values({ name: `bench ${id}`, plan_instance: null })
      .execute()
  const user = await db
    .insertInto('app_user')
    .values({ account_id: ACCOUNT, username: 'bench', password_hash: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('auth_session')
    .values({ token_hash: sha256(userToken), user_id: user.id })
    .execute()

  const bare = new pg.Client({ connectionString: url })
  await bare.connect()

  return {
    /** Milliseconds of one page over HTTP. */
    async get({ query, asAccount }: Case): Promise<number> {
      const headers = { authorization: `Bearer ${asAccount ? userToken : adminToken}` }
      return await client.get(`${server.url}/api/portal/v1/jobs${query}`, headers)
    },

    /** The statements the engine sends for such a page, including those that begin and end its transaction. */
    async statementsOf({ same, asAccount, isSummary }: Case): Promise<{ text: string; values: unknown[] }[]> {
      const statements: { text: string; values: unknown[] }[] = []
      const pool = new pg.Pool({ connectionString: url, max: 1 })
      const config: KyselyConfig = {
        dialect: new PostgresDialect({ pool }),
        log: (event) => void statements.push({ text: event.query.sql, values: [...event.query.parameters] }),
      }
      const recorded = new Kysely<Schema>(config)
      const query: ListJobsQuery = { ...same, visibility: asAccount ? { all: false, accountId: ACCOUNT } : { all: true } }
      await (isSummary === true ? listSummaries(recorded, query, queuePlaces) : listJobs(recorded, query))
      await recorded.destroy()
      return statements
    },

    async replay(statements: readonly { text: string; values: unknown[] }[]): Promise<void> {
      for (const { text, values } of statements) await bare.query(text, values)
    },

    /** Times several ways to compute the total. */
    async measureCounts(): Promise<void> {
      const counts = {
        'kept counts': 'select coalesce(sum(jobs), 0)::int from job_count',
        'count(*), parallel workers': 'select count(*)::int from job',
        'count(*), one process': 'select count(*)::int from job',
      }
      for (const [what, text] of Object.entries(counts)) {
        await bare.query(`set max_parallel_workers_per_gather = ${what.includes('one process') ? 0 : 2}`)
        const times: number[] = []
        for (let round = 0; round < 20; round++) times.push(await timed(() => bare.query(text)))
        console.log(`  total by ${what.padEnd(40)} p50 ${shown(percentile(times, 0.5))}`)
      }
    },

    async close(): Promise<void> {
      await bare.end()
      await server.end('SIGTERM')
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
