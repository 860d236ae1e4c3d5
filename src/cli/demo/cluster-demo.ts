import { connect, type ListedJob } from '../client/api-client.ts'
import { type ClusterProcess, startClusterProcess } from './cluster-processes.ts'
import { followJob } from './run-demo.ts'

export interface ClusterDemoOptions {
  /** Address of the PostgreSQL that all processes share. */
  databaseUrl: string
  /** Environment of every process: the source of the charts, and so on. */
  environment: Readonly<Record<string, string | undefined>>
  /** The data directory of a process: the same one for all, or one for each where they share a bucket. */
  dataDirOf(name: string): string
  /** Port of the API server; the workers use the next ones. */
  port: number
  workers: number
  username: string
  password: string
  /** The source of the charts, for people. */
  source: string
  out: NodeJS.WriteStream
}

export interface Cluster {
  url: string
  /** Refreshes the charts, shows the progress and each worker's share, and returns the ended job. */
  refresh(): Promise<ListedJob>
  close(): Promise<void>
}

/** Starts one API server and several workers as separate processes on one PostgreSQL. If one cannot start, ends the others. */
export async function startCluster(options: ClusterDemoOptions): Promise<Cluster> {
  const environment = {
    ...options.environment,
    DATABASE_URL: options.databaseUrl,
    // The workers of one machine share its processors.
    JOB_PROCESSOR_MAX_WORKER_COUNT: options.environment['JOB_PROCESSOR_MAX_WORKER_COUNT'] ?? '1',
  }
  const start = (name: string, role: 'api' | 'worker', port: number) =>
    startClusterProcess({ name, role, port, environment: { ...environment, DATA_DIR: options.dataDirOf(name) } })
  const starting = [
    start('api', 'api', options.port),
    ...Array.from({ length: options.workers }, (_, n) => start(`worker-${n + 1}`, 'worker', options.port + n + 1)),
  ]
  const outcomes = await Promise.allSettled(starting)
  const processes = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const close = async () => void (await Promise.all(processes.map((each) => each.stop())))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  const [api] = processes
  if (failed !== undefined || api === undefined) {
    await close()
    throw failed?.reason
  }
  for (const { name, url } of processes) options.out.write(`  ${name.padEnd(10)} ${url}${name === 'api' ? '/' : '/metrics'}\n`)
  return { url: api.url, refresh: () => refresh(api, options), close }
}

async function refresh(api: ClusterProcess, { username, password, source, out }: ClusterDemoOptions): Promise<ListedJob> {
  const client = await connect(api.url, username, password)
  out.write(`\nChart refresh from ${source}\n`)
  const created = await client.createJob('refresh-public-charts')
  if (created === null) out.write('  already running: following it\n')
  const ended = await followJob(client, created, out)
  const list = await client.listJobs({ limit: 200 })
  await client.logout()
  const children = list.jobs.filter((job) => job.parentJobId === ended.id)
  printShares(out, children)
  const shown = { jobs: list.jobs.filter((job) => job.id === ended.id), pagination: list.pagination }
  out.write(`\nGET /api/portal/v1/jobs?limit=200 (the refresh; its ${children.length} child jobs are the table above)\n`)
  out.write(`${JSON.stringify(shown, null, 2)}\n`)
  return ended
}

/** Prints one line per worker from the results of the child jobs. */
function printShares(out: NodeJS.WriteStream, children: readonly ListedJob[]): void {
  const rows = new Map<string, { batches: number; cells: number; failed: number; attempts: number }>()
  for (const { result, steps } of children) {
    const number = (field: string) => (typeof result?.[field] === 'number' ? result[field] : 0)
    const worker = typeof result?.['worker'] === 'string' ? result['worker'] : '(not completed)'
    const row = rows.get(worker) ?? { batches: 0, cells: 0, failed: 0, attempts: 0 }
    row.batches++
    row.cells += number('indexed') + number('cancelled')
    row.failed += number('failed')
    row.attempts += Math.max(0, (steps[0]?.attempt ?? 1) - 1)
    rows.set(worker, row)
  }
  out.write('\n  worker            batches   cells  failed  taken over\n')
  for (const [worker, row] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
    const numbers = [row.batches, row.cells, row.failed, row.attempts]
    const widths = [7, 8, 8, 12]
    out.write(`  ${worker.padEnd(18)}${numbers.map((value, n) => String(value).padStart(widths[n] ?? 8)).join('')}\n`)
  }
  if (rows.size === 0) out.write('  nothing had changed, so there was no work to share\n')
}
