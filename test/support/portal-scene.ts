import { sql } from 'kysely'
import { FanOut } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { jobReaches, jobType, startTestJobs, type TestJobs, untilAborted } from './jobs.ts'
import { type PortalServer, startPortalServer } from './portal-server.ts'

/** A real server whose jobs run in this process and do nothing, so that the portal has one job of each kind to show. */
export interface PortalScene {
  server: PortalServer
  /** A bearer string of the administrator. */
  session: string
  /** Fills the empty server. */
  fill(): Promise<PortalSceneJobs>
  [Symbol.asyncDispose](): Promise<void>
}

/** The ids of the jobs of a scene. */
export interface PortalSceneJobs {
  /** Waits for its children, some of which have failed, have completed or are running. */
  parent: string
  /** Waited for hours between its creation and its first step, and failed. */
  folded: string
  /** Runs until it is cancelled; another of its type cannot start. */
  held: string
}

const WAITED_HOURS = 3
const CELLS = ['XX3SCENA', 'XX3SCENB', 'XX4SCENC', 'XX4SCEND', 'XX4SCENE', 'XX5SCENF', 'XX5SCENG', 'XX5SCENH']
const DAMAGED = ['XX4SCENC', 'XX5SCENH']
const SLOW = ['XX5SCENF', 'XX5SCENG']

const held = jobType(
  'vacuum-analyze',
  (job) =>
    job.step('step_vacuum_analyze', async (step) => {
      step.progress(0.4)
      return await untilAborted(job.signal)
    }),
  { queue: 'maintenance', exclusive: true, steps: [{ name: 'step_vacuum_analyze', weight: 1 }] },
)

const failing = jobType(
  'clear-tiles',
  async (job) => {
    await job.step('step_download_noaa', async () => {
      job.log.info('12 charts are newer than those held')
      await pause(1_500)
    })
    await job.step('step_index_noaa', async () => {
      job.log.warning(`${CELLS[0]}: edition 3 follows edition 1; edition 2 was never seen`)
      await pause(1_000)
      job.log.error(`${DAMAGED[0]} could not be read: the zip archive ends too early`)
      throw new PermanentError('the catalogue cannot be read: the connection ended after 412 bytes')
    })
    return {}
  },
  {
    queue: 'light',
    steps: [
      { name: 'step_download_noaa', weight: 1 },
      { name: 'step_index_noaa', weight: 2 },
    ],
  },
)

const upload = jobType('user-upload', async () => ({ cells: 12, permits: 2 }), { queue: 'light' })

const parent = jobType(
  'refresh-public-charts',
  (job) =>
    job.openStep('step_index_noaa', async () => {
      job.log.info(`${CELLS.length} charts are to be indexed`)
      const children = CELLS.map((cell) => ({ jobType: 'index-public-encs', parameters: { cells: [cell] } }))
      return new FanOut(children, { onChildFailure: 'report' })
    }),
  { queue: 'import', steps: [{ name: 'step_index_noaa', weight: 1 }] },
)

const child = jobType(
  'index-public-encs',
  async (job) => {
    const [cell] = job.parameters['cells'] as string[]
    if (cell !== undefined && DAMAGED.includes(cell)) throw new PermanentError(`${cell}: the update 3 is missing`)
    if (cell !== undefined && SLOW.includes(cell)) await untilAborted(job.signal)
    return { indexed: 1 }
  },
  { queue: 'import' },
)

/** Starts the empty server. */
export async function startPortalScene(): Promise<PortalScene> {
  const server = await startPortalServer({}, ['serve', '--role', 'api'])
  const jobs = await startTestJobs(server.database, [held, failing, upload, parent, child], {
    soleWorker: false,
    concurrency: { import: 4, maintenance: 2, light: 2, export: 1 },
  })
  return {
    server,
    session: await server.session(),
    fill: () => fill(server, jobs),
    async [Symbol.asyncDispose]() {
      await jobs[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function fill({ database }: PortalServer, jobs: TestJobs): Promise<PortalSceneJobs> {
  const create = async (type: string, parameters = {}): Promise<string> =>
    (await jobs.create({ jobType: type, accountId: null, parameters })).jobId
  await jobReaches(jobs, await create('user-upload', { uploadId: 5, filename: 'harbour.zip' }))
  await jobReaches(jobs, await create('clear-tiles'))
  const folded = await create('clear-tiles')
  await jobReaches(jobs, folded)
  await sql`
    update job set created_at = created_at - make_interval(hours => ${WAITED_HOURS}) where id = ${folded}
  `.execute(database.db)
  const top = await create('refresh-public-charts')
  const busy = await create('vacuum-analyze')
  await jobReaches(jobs, busy, ['running'])
  await childrenSettle(jobs, top)
  return { parent: top, folded, held: busy }
}

/** Resolves once only the slow children of a job are left. */
async function childrenSettle(jobs: TestJobs, id: string): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const { jobs: running } = await jobs.list({
      ...{ visibility: { all: true }, activeOnly: true, limit: 50, offset: 0 },
      parentJobId: id,
    })
    if (running.length === SLOW.length && running.every((job) => job.jobState === 'running')) return
    if (performance.now() > deadline) throw new Error(`the children of ${id} did not settle`)
    await pause(50)
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
