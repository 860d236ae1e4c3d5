import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Db } from '#db/database.ts'
import { createJobs, type Jobs } from '#jobs/jobs.ts'
import { silentLog } from '#lib/log.ts'
import { jobType } from '#test/jobs.ts'
import { percentile, shown } from './figures.ts'
import { newDatabase } from './new-database.ts'

const JOBS = 1_000
const WORKERS = 4
const LATENCIES = 200
const ROUNDS = 3
/** As in src/jobs/queue/delivery-queue.ts. */
const WORK = { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5, heartbeatRefreshSeconds: 5 }
const QUEUE = { notify: true, heartbeatSeconds: 20, retryLimit: 1_000_000, retryDelay: 0 }

interface Result {
  perSecond: number
  /** Milliseconds from the call that enqueues a job to the first line of its handler. */
  latencies: number[]
}

/** Compares the engine and pg-boss in the same settings on empty jobs, with four workers of one process, in turns. */
export async function benchThroughput(serverUrl: string): Promise<void> {
  const own: Result[] = []
  const raw: Result[] = []
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await rawRound(serverUrl, `bench_raw_${round}`))
    own.push(await ownRound(serverUrl, `bench_own_${round}`))
  }
  const line = (name: string, results: Result[]) => {
    const rate = percentile(
      results.map((result) => result.perSecond),
      0.5,
    )
    const latencies = results.flatMap((result) => result.latencies)
    console.log(
      `  ${name.padEnd(10)} ${rate.toFixed(0).padStart(6)} jobs/s   enqueue to start p50 ${shown(percentile(latencies, 0.5))} ms  p99 ${shown(percentile(latencies, 0.99))} ms`,
    )
    return rate
  }
  console.log(`${JOBS} empty jobs on ${WORKERS} workers, median of ${ROUNDS} rounds in turns; ${LATENCIES} latencies per round`)
  const theirs = line('pg-boss', raw)
  const ours = line('Chartroom', own)
  console.log(`  ${(ours / theirs).toFixed(2)} times the rate of pg-boss alone`)
}

async function ownRound(serverUrl: string, name: string): Promise<Result> {
  const database = await newDatabase(serverUrl, name)
  const { db, url } = database
  let started: (() => void) | null = null
  let first = 0
  const type = jobType('nothing', async () => {
    first ||= performance.now()
    started?.()
    return {}
  })
  const create = (concurrency: 0 | typeof WORKERS): Jobs =>
    createJobs({
      db,
      url,
      names: ['nothing'],
      types: [type],
      log: silentLog(),
      concurrency: concurrency === 0 ? null : { import: 1, maintenance: 1, light: concurrency, export: 1 },
      soleWorker: false,
    })
  const creator = create(0)
  await creator.start()
  await inTurns(JOBS, () => creator.create({ jobType: 'nothing', accountId: null }))
  await creator.close(0)
  const engine = create(WORKERS)
  await engine.start()
  await until(db, sql`select count(*)::int as count from job where job_state = 'completed'`, JOBS)
  const perSecond = (1_000 * JOBS) / (performance.now() - first)
  const latencies: number[] = []
  for (let n = 0; n < LATENCIES; n++) {
    const { promise, resolve } = Promise.withResolvers<void>()
    started = resolve
    const before = performance.now()
    await engine.create({ jobType: 'nothing', accountId: null })
    await promise
    latencies.push(performance.now() - before)
    await sleep(5)
  }
  await engine.close(1_000)
  await database.close()
  return { perSecond, latencies }
}

async function rawRound(serverUrl: string, name: string): Promise<Result> {
  const database = await newDatabase(serverUrl, name)
  const { db, url } = database
  const boss = new PgBoss({ connectionString: url, max: 6, useListenNotify: true })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.createQueue('raw', QUEUE)
  await inTurns(JOBS, () => boss.send('raw', {}))
  let started: (() => void) | null = null
  let first = 0
  // As in the engine: a worker that does not wake itself after a job sleeps until the next notification or poll.
  for (let worker = 0; worker < WORKERS; worker++) {
    const waker = await boss.work('raw', WORK, async () => {
      first ||= performance.now()
      started?.()
      setImmediate(() => boss.notifyWorker(waker))
    })
  }
  await until(db, sql`select count(*)::int as count from pgboss.job where name = 'raw' and state = 'completed'`, JOBS)
  const perSecond = (1_000 * JOBS) / (performance.now() - first)
  const latencies: number[] = []
  for (let n = 0; n < LATENCIES; n++) {
    const { promise, resolve } = Promise.withResolvers<void>()
    started = resolve
    const before = performance.now()
    await boss.send('raw', {})
    await promise
    latencies.push(performance.now() - before)
    await sleep(5)
  }
  await boss.stop({ graceful: false })
  await database.close()
  return { perSecond, latencies }
}

async function inTurns(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let at = 0; at < count; at += 20) await Promise.all(Array.from({ length: Math.min(20, count - at) }, work))
}

async function until(db: Db, query: ReturnType<typeof sql>, count: number): Promise<void> {
  for (;;) {
    const { rows } = await query.execute(db)
    if ((rows[0] as { count: number } | undefined)?.count === count) return
    await sleep(50)
  }
}
