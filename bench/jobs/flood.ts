import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { createJobs } from '#jobs/jobs.ts'
import { silentLog } from '#lib/log.ts'
import { jobType } from '#test/jobs.ts'
import { newDatabase } from './new-database.ts'

const LINES = 1_000_000
const TURN = 100

/** One job logs a million lines as fast as it can: reports what is kept, the time and the memory. */
export async function benchFlood(serverUrl: string): Promise<void> {
  const { db, url, close } = await newDatabase(serverUrl, 'bench_flood')
  const flood = jobType(
    'flood',
    async (job) =>
      await job.step('step_flood', async (step) => {
        for (let n = 1; n <= LINES; n++) {
          job.log.info(`line ${n}: a text of the usual length about a cell that was read`)
          if (n % TURN !== 0) continue
          step.progress(n / LINES)
          await new Promise((resolve) => setImmediate(resolve))
        }
        return { lines: LINES }
      }),
    { steps: [{ name: 'step_flood', weight: 1 }] },
  )
  const concurrency = { import: 1, maintenance: 1, light: 1, export: 1 }
  const jobs = createJobs({ db, url, names: ['flood'], types: [flood], log: silentLog(), concurrency, soleWorker: false })
  await jobs.start()
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  let most = 0
  const percents = new Set<number>()
  const start = performance.now()
  const { jobId } = await jobs.create({ jobType: 'flood', accountId: null })
  for (let ended = false; !ended; await sleep(100)) {
    most = Math.max(most, process.memoryUsage().heapUsed)
    const job = await jobs.get({ all: true }, jobId)
    percents.add(job?.percentComplete ?? 0)
    ended = job?.finishedAt != null
    if (ended && job?.jobState !== 'completed') throw new Error(`the flood ended as ${job?.jobState}`)
  }
  const seconds = (performance.now() - start) / 1_000
  const kept = await sql<{ lines: number; first: string; last: string; dropped: string; bytes: number }>`
    select count(*)::int as lines, (array_agg(message order by seq))[1] as first, (array_agg(message order by seq desc))[1] as last,
      max(message) filter (where message like '%lines dropped:%') as dropped, pg_total_relation_size('job_log')::float8 as bytes
    from job_log where job_id = ${jobId}
  `.execute(db)
  const row = kept.rows[0]
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  console.log(
    `${LINES} lines in ${seconds.toFixed(1)} s (${Math.round(LINES / seconds)} a second), heap ${mb(before)} before, at most ${mb(most)} on the way; ` +
      `${percents.size} different per cents seen`,
  )
  console.log(`  kept ${row?.lines} lines, "${row?.first}" to "${row?.last}"`)
  console.log(`  "${row?.dropped}"; the table with its index takes ${mb(row?.bytes ?? 0)}`)
  await jobs.close(1_000)
  await close()
}
