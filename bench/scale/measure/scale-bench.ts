import { existsSync } from 'node:fs'
import { chmod, mkdir, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import type { MirrorPlan } from '../generate/planned-cell.ts'
import { type Answer, createHttpClient, type HttpClient, type Question } from './http-client.ts'
import { pause } from './process-memory.ts'

/** A token that every server of the benchmark knows: a kept data folder is of use to later runs. */
const TOKEN = '5ca1e5ca1e5ca1e5ca1e5ca1e5ca1e00'

export interface ScaleOptions {
  mirror: MirrorPlan
  /** Holds `mirror/day1` and on, `data` (DATA_DIR) and `current`, a link to the day that the server sees. */
  folder: string
  /** Tiles per zoom, seconds of panning and other sizes are a tenth when fewer than 1,000 cells are measured. */
  small: boolean
  /** Where the digests of tiles go, and the file they are compared with. */
  digests: string
  compare: string | null
}

/** Written into DATA_DIR after the first refresh; holds the day of the mirror that the server has. */
export const FILLED = 'scale-day'

/** What every row of the benchmark works with: one server process at a time on one data folder. */
export interface ScaleBench extends ScaleOptions {
  dataDir: string
  token: string
  /** True when an earlier run has left a refreshed server in the folder. */
  isFilled(): Promise<boolean>
  client: HttpClient
  /** The server, started when none runs. */
  server(): Promise<ServerProcess>
  /** Stops the server and starts it again; with `clearTiles` no drawn tile is left, with `wipe` nothing is; `memoryBytes` is MEMORY_LIMIT_BYTES. */
  restart(options?: {
    clearTiles?: boolean
    wipe?: boolean
    memoryBytes?: number
  }): Promise<{ server: ServerProcess; milliseconds: number }>
  /** Asks the server for a path with the API token. */
  ask(path: string, question?: Question, client?: HttpClient): Promise<Answer>
  /** Makes the server see a day of the mirror from now on. */
  showDay(day: number): Promise<void>
  /** Runs a job of a type to its end. @returns its result. @throws unless it completes. */
  runJob(jobType: string): Promise<Record<string, unknown>>
  close(): Promise<void>
}

export async function createScaleBench(options: ScaleOptions): Promise<ScaleBench> {
  const dataDir = path.join(options.folder, 'data')
  const link = path.join(options.folder, 'current')
  const client = createHttpClient()
  let running: ServerProcess | null = null
  await mkdir(dataDir, { recursive: true })
  // PostgreSQL of a server that runs as root has another account, which has to get in.
  await chmod(options.folder, 0o755)

  async function start(memoryBytes?: number): Promise<ServerProcess> {
    running = await startServerProcess({
      DATA_DIR: dataDir,
      PUBLIC_CHARTS_URL: pathToFileURL(path.join(link, 'ENCProdCat.xml')).href,
      PROVISIONING_DEFAULT_TOKEN: TOKEN,
      LOG_LEVEL: 'warn',
      ...(memoryBytes === undefined ? {} : { MEMORY_LIMIT_BYTES: String(memoryBytes) }),
    })
    return running
  }

  const bench: ScaleBench = {
    ...options,
    dataDir,
    token: TOKEN,
    isFilled: async () => existsSync(path.join(dataDir, FILLED)),
    client,
    server: async () => running ?? (await start()),
    async restart({ clearTiles = false, wipe = false, memoryBytes } = {}) {
      await running?.end('SIGTERM')
      running = null
      if (wipe) await rm(dataDir, { recursive: true, force: true })
      if (wipe) await mkdir(dataDir)
      if (clearTiles) await rm(path.join(dataDir, 'tiles'), { recursive: true, force: true })
      const begun = performance.now()
      const server = await start(memoryBytes)
      return { server, milliseconds: performance.now() - begun }
    },
    async ask(address, question = {}, from = client) {
      const { url } = await bench.server()
      const headers = { authorization: `Bearer ${TOKEN}`, 'accept-encoding': 'gzip', ...question.headers }
      return await from.ask(url + address, { ...question, headers })
    },
    async showDay(day) {
      await rm(link, { force: true })
      await symlink(path.join('mirror', `day${day}`), link)
    },
    async runJob(jobType) {
      const { jobId } = await askJson<{ jobId: string }>(bench, '/api/portal/v1/jobs', { method: 'POST', json: { jobType } })
      return (await finishedJob(bench, jobId)).result ?? {}
    },
    async close() {
      client.close()
      await running?.end('SIGTERM')
      running = null
    },
  }
  return bench
}

/** A JSON answer. @throws unless it is 200. */
export async function askJson<T>(bench: ScaleBench, address: string, question: Question = {}): Promise<T> {
  const answer = await bench.ask(address, { ...question, headers: { ...question.headers, 'accept-encoding': 'identity' } })
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${answer.body.toString('utf8').slice(0, 500)}`)
  return JSON.parse(answer.body.toString('utf8')) as T
}

interface SeenJob {
  jobState: string
  result: Record<string, unknown> | null
}

/** Waits for the end of a job, looking ten times a second. @throws unless it completes. */
export async function finishedJob(bench: ScaleBench, id: string): Promise<SeenJob> {
  for (;;) {
    const job = await askJson<SeenJob>(bench, `/api/portal/v1/jobs/${id}`)
    if (!['pending', 'running'].includes(job.jobState)) {
      if (job.jobState !== 'completed') throw new Error(`the job ${job.jobState}: ${JSON.stringify(job).slice(0, 2_000)}`)
      return job
    }
    await pause(100)
  }
}
