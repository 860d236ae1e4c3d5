import path from 'node:path'
import { metricsOf, sumOf } from '#test/metrics.ts'
import { duration, type Figure, megabytes, quantile } from '../figure.ts'
import { embeddedDatabase } from '../measure/embedded-database.ts'
import { folderBytes } from '../measure/folder-bytes.ts'
import { pause, watchMemory } from '../measure/process-memory.ts'
import { askJson, finishedJob, type ScaleBench } from '../measure/scale-bench.ts'
import { type CellCount, indexingMilliseconds, ratesOf } from './cell-rates.ts'
import { noteDay } from './changed-cells.ts'
import type { Row } from './row.ts'

const JOBS = '/api/portal/v1/jobs'
const IDLE_REQUESTS = 100
/** Milliseconds between two requests for the job list. */
const REST = 50

/** A refresh of an empty server from the mirror on this disk, and how the server responds during it. */
export const firstRefresh: Row = {
  name: 'refresh',
  async measure(bench) {
    await bench.showDay(1)
    const { server } = await bench.restart({ wipe: true })
    const database = await embeddedDatabase(bench.dataDir)
    const before = await idleListJobs(bench)
    const memory = watchMemory(server.child.pid ?? 0, database.pid)
    // Reading the metrics resets the delay of the event loop.
    await metricsOf(server.url)
    const { whole, counts, listJobs } = await watchedRefresh(bench).finally(memory.stop)
    const lag = await eventLoopDelay(server.url)
    const most = await memory.stop()
    const after = await idleListJobs(bench)
    await noteDay(bench, 1)
    const cells = bench.mirror.cells.length
    const rates = ratesOf(counts, cells).map((rate) => rate.toFixed(0))
    const postgres = await folderBytes(database.data)
    const others = (await folderBytes(bench.dataDir)) - (await folderBytes(path.join(bench.dataDir, 'postgres')))
    const [p50, idle] = [quantile(listJobs, 0.5), [quantile(before, 0.5), quantile(after, 0.5)] as const]
    return [
      {
        what: `first refresh, ${cells} cells`,
        measured: `${duration(whole)}, of it indexing ${duration(indexingMilliseconds(counts, cells))}`,
        aim: 'under 150 s',
      },
      { what: 'first refresh, cells/s in each tenth (large cells first)', measured: rates.join(' '), aim: 'not falling' },
      { what: 'List Jobs p50 idle, before and after the refresh', measured: idle.map(duration).join(', '), aim: '' },
      {
        what: 'List Jobs during the refresh',
        measured: `p50 ${duration(p50)} (${idle.map((each) => (p50 / each).toFixed(2)).join(' and ')} of idle), p99 ${duration(quantile(listJobs, 0.99))}`,
        aim: 'p50 within 1.3 of idle',
      },
      {
        what: 'event loop delay during the refresh',
        measured: `p99 ${duration(lag.p99)}, max ${duration(lag.max)}`,
        aim: 'p99 under 50 ms',
      },
      { what: 'memory during the refresh, node (resident)', measured: megabytes(most.node), aim: '' },
      { what: 'memory during the refresh, PostgreSQL (proportional)', measured: megabytes(most.postgres), aim: '' },
      { what: 'disk, PostgreSQL and everything else', measured: `${megabytes(postgres)}, ${megabytes(others)}`, aim: '' },
    ] satisfies Figure[]
  },
}

/** Runs the refresh to its end, counting visible cells four times a second and requesting the job list all the while. */
async function watchedRefresh(bench: ScaleBench): Promise<{ whole: number; counts: CellCount[]; listJobs: number[] }> {
  const sql = await (await embeddedDatabase(bench.dataDir)).connect()
  const counts: CellCount[] = []
  const listJobs: number[] = []
  const over = new AbortController()
  const count = async () => {
    const { rows } = await sql.query<{ cells: number }>('select count(*)::int as cells from cell')
    counts.push({ at: performance.now(), cells: rows[0]?.cells ?? 0 })
  }
  const repeat = async (work: () => Promise<void>, rest: number) => {
    for (; !over.signal.aborted; await pause(rest, over.signal)) await work()
    // What has become visible since the last time.
    await work()
  }
  const begun = performance.now()
  const { jobId } = await askJson<{ jobId: string }>(bench, JOBS, { method: 'POST', json: { jobType: 'refresh-public-charts' } })
  const watching = Promise.all([repeat(count, 250), repeat(async () => void listJobs.push(await timeListJobs(bench)), REST)])
  try {
    const job = await finishedJob(bench, jobId).finally(() => over.abort())
    const whole = performance.now() - begun
    await watching
    const indexed = job.result?.['indexed']
    if (indexed !== bench.mirror.cells.length) throw new Error(`${indexed} of ${bench.mirror.cells.length} cells were indexed`)
    return { whole, counts, listJobs }
  } finally {
    await watching.catch(() => undefined)
    await sql.end()
  }
}

async function idleListJobs(bench: ScaleBench): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < IDLE_REQUESTS; i++) {
    times.push(await timeListJobs(bench))
    await pause(REST)
  }
  return times
}

async function timeListJobs(bench: ScaleBench): Promise<number> {
  const answer = await bench.ask(JOBS)
  if (answer.status !== 200) throw new Error(`List Jobs answers ${answer.status}`)
  return answer.milliseconds
}

/** Delay of the server's event loop since its metrics were read last, in milliseconds; the timer's own 10 ms are in it. */
async function eventLoopDelay(url: string): Promise<{ p99: number; max: number }> {
  const lines = await metricsOf(url)
  const read = (name: string) => 1_000 * sumOf(lines, `nodejs_eventloop_lag_${name}_seconds`)
  return { p99: read('p99'), max: read('max') }
}
