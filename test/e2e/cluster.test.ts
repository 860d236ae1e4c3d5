import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { ApiClient, ListedJob } from '#cli/client/api-client.ts'
import { type MirrorCellOverrides, writeMirror } from '#test/cells.ts'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { silenceWorker } from '#test/jobs.ts'
import { metricsOf, sumOf } from '#test/metrics.ts'
import { type MirrorServer, startMirrorServer } from '#test/mirror-server.ts'
import { signIn } from '#test/portal-server.ts'
import { runChartroom, type ServerProcess, startServerProcess } from '#test/server-process.ts'

// One API server and three workers run as separate processes on one empty database. A worker is killed while it certainly works: the
// table of cells is locked, so every worker waits in its first cell until the test has seen which batch it took.

const CELLS = 60
const names = Array.from({ length: CELLS }, (_, n) => `XX5${String(n).padStart(5, '0')}`)
let folder: string
let mirror: MirrorServer
let database: TestDatabase
let api: ServerProcess
let workers: ServerProcess[] = []

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-cluster-'))
  await writeMirror(
    path.join(folder, 'mirror'),
    names.map((name): MirrorCellOverrides => ({ name })),
  )
  mirror = await startMirrorServer(path.join(folder, 'mirror'))
  database = await createEmptyDatabase()
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.url,
    PUBLIC_CHARTS_URL: mirror.catalogueUrl,
    JOB_PROCESSOR_MAX_WORKER_COUNT: '1',
    LOG_LEVEL: 'debug',
  }
  const start = (role: string, name: string) =>
    startServerProcess({ ...environment, INSTANCE_NAME: name }, ['serve', '--role', role])
  // All at once, so that they must agree on which of them creates the tables.
  const [first, ...rest] = await Promise.all([
    start('api', 'api'),
    start('worker', 'worker-1'),
    start('worker', 'worker-2'),
    start('worker', 'worker-3'),
  ])
  api = first
  workers = rest
})
after(async () => {
  await Promise.all([api, ...workers].map((process) => process?.end('SIGTERM')))
  await mirror?.close()
  await database?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

test('the API server names each process of the cluster with its role', async () => {
  const headers = { authorization: `Bearer ${await signIn(api.url)}` }
  const expected = ['api: api', 'worker-1: worker', 'worker-2: worker', 'worker-3: worker']
  let found: string[] = []
  for (let turn = 0; found.length < expected.length && turn < 200; turn++) {
    const answer = await fetch(`${api.url}/api/portal/v1/instance`, { headers })
    const { processes } = (await answer.json()) as { processes: { name: string; role: string }[] }
    found = processes.map(({ name, role }) => `${name}: ${role}`)
    await new Promise((done) => setTimeout(done, 50))
  }
  assert.deepEqual(found.toSorted(), expected)
})

test('all workers share a refresh, which survives the loss of one', { timeout: 180_000 }, async () => {
  const client = await api.api()
  const locked = await lockCells()
  const id = await client.createJob('refresh-public-charts')
  assert.ok(id)
  const taken = await Promise.all(workers.map(takenBy))
  const parent = await find(client, id)
  assert.equal(parent?.steps.find((step) => step.stepName === 'step_index_noaa')?.status, 'running')
  const [, victim] = workers
  const [, lost] = taken
  assert.ok(victim && lost)
  await victim.end('SIGKILL')
  await locked.release()
  await silenceWorker(database, lost)

  const ended = await until(client, id, (job) => !['pending', 'running'].includes(job.jobState))
  assert.equal(ended.jobState, 'completed', JSON.stringify(ended.logs))
  const children = await childrenOf(client)
  const all = { completed: children.length, failed: 0, cancelled: 0 }
  const { bytes, ...counts } = ended.result as { bytes: number }
  assert.ok(bytes > 0)
  assert.deepEqual(counts, {
    checked: CELLS,
    downloaded: CELLS,
    indexed: CELLS,
    unchanged: 0,
    cancelled: 0,
    withdrawn: 0,
    failed: 0,
    children: all,
  })
  assert.ok(ended.steps.every((step) => step.status === 'completed'))
  assert.deepEqual(await cells(), names, 'no cell twice, none missing')
  assert.equal(mirror.zipRequests().length, CELLS)

  const again = children.find((child) => child.id === lost)
  assert.equal(again?.steps[0]?.attempt, 2)
  assert.ok(['worker-1', 'worker-3'].includes(String(again?.result?.['worker'])))
  assert.deepEqual([...new Set(children.map((child) => child.result?.['worker']))].toSorted(), ['worker-1', 'worker-3'])
})

test('each process reports its own metrics, and a worker serves only health and metrics', async () => {
  const survivors = workers.filter((worker) => worker.child.exitCode === null && worker.child.signalCode === null)
  const numbers = await Promise.all(survivors.map((worker) => metricsOf(worker.url)))
  const ended = numbers.map((each) =>
    sumOf(each, 'chartroom_jobs_ended_total', { type: 'index-public-encs', state: 'completed' }),
  )
  assert.ok(ended.every((count) => count > 0))
  assert.equal(
    ended.reduce((sum, count) => sum + count, 0),
    (await childrenOf(await api.api())).length,
  )
  const takenOver = numbers.map((each) => sumOf(each, 'chartroom_job_claims_lost_total', { how: 'taken_over' }))
  assert.equal(Math.max(...takenOver), 1)
  const ofApi = await metricsOf(api.url)
  assert.equal(sumOf(ofApi, 'chartroom_jobs_created_total', { type: 'refresh-public-charts' }), 1)
  assert.equal(sumOf(ofApi, 'chartroom_jobs', {}), 0)
  assert.equal(sumOf(ofApi, 'chartroom_jobs_ended_total', {}), 0, 'an API server runs no job')

  const worker = survivors[0]
  assert.ok(worker)
  assert.equal((await fetch(`${worker.url}/health/ready`)).status, 200)
  assert.equal((await fetch(`${worker.url}/api/portal/v1/jobs`)).status, 404)
  assert.equal((await fetch(`${worker.url}/api/portal/v1/auth/login`, { method: 'POST' })).status, 404)
})

test('an API server must have a port', async () => {
  const refused = await runChartroom({ DATA_DIR: path.join(folder, 'none'), DATABASE_URL: database.url, PORT: '0' }, [
    'serve',
    '--role',
    'api',
  ])
  assert.equal(refused.code, 1)
  assert.match(refused.output, /PORT is "0"/)
})

test('a role without DATABASE_URL is refused', async () => {
  for (const role of ['api', 'worker']) {
    const { code, output } = await runChartroom({ DATA_DIR: path.join(folder, 'none') }, ['serve', `--role=${role}`])
    assert.equal(code, 1)
    assert.match(output, new RegExp(`--role ${role} needs DATABASE_URL`))
  }
  const unknown = await runChartroom({ DATA_DIR: path.join(folder, 'none') }, ['serve', '--role', 'captain'])
  assert.equal(unknown.code, 2)
})

test('a worker that is older than the schema does not start', async () => {
  await sql`insert into schema_migration (name, timestamp) values ('9999-from-the-future', '2099-01-01')`.execute(database.db)
  const { code, output } = await runChartroom({ DATA_DIR: path.join(folder, 'old'), DATABASE_URL: database.url }, [
    'serve',
    '--role',
    'worker',
  ])
  assert.equal(code, 1)
  assert.match(output, /made by a newer Chartroom \(it has 9999-from-the-future/)
})

/** Locks the table of cells until released. */
async function lockCells(): Promise<{ release(): Promise<void> }> {
  const held = Promise.withResolvers<void>()
  const wanted = Promise.withResolvers<void>()
  const transaction = database.db.transaction().execute(async (trx) => {
    await sql`lock table cell in share mode`.execute(trx)
    held.resolve()
    await wanted.promise
  })
  await Promise.race([held.promise, transaction])
  return {
    async release() {
      wanted.resolve()
      await transaction
    },
  }
}

/** The first child that a worker took, from its log. */
async function takenBy(worker: ServerProcess): Promise<string> {
  for (const deadline = performance.now() + 60_000; ; ) {
    const line = worker
      .output()
      .split('\n')
      .find((each) => each.includes('Running on '))
    if (line !== undefined) return (JSON.parse(line) as { jobId: string }).jobId
    assert.ok(performance.now() < deadline, worker.output())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function find(client: ApiClient, id: string): Promise<ListedJob | undefined> {
  return (await client.listJobs({ limit: 200 })).jobs.find((job) => job.id === id)
}

async function childrenOf(client: ApiClient): Promise<ListedJob[]> {
  return (await client.listJobs({ limit: 200 })).jobs.filter((job) => job.jobType === 'index-public-encs')
}

async function until(client: ApiClient, id: string, wanted: (job: ListedJob) => boolean): Promise<ListedJob> {
  for (const deadline = performance.now() + 120_000; ; ) {
    const job = await find(client, id)
    if (job !== undefined && wanted(job)) return job
    assert.ok(performance.now() < deadline, JSON.stringify(job))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function cells(): Promise<string[]> {
  return (await database.db.selectFrom('cell').select('name').orderBy('name').execute()).map((row) => row.name)
}
