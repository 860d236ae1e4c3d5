import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import { NO_SWIFT, type SwiftServer, startSwift } from '#test/swift/swift-server.ts'

// One API server and three workers with a data directory each: they share one PostgreSQL and one bucket of a real S3 service, which
// stops while they work.

const CELLS = 28
/** A longer run outside the suite asks for 20 seconds, and names the catalogue of a mirror with as many real cells. */
const OUTAGE_SECONDS = Number(process.env['TEST_OUTAGE_SECONDS'] ?? 6)
const CATALOGUE = process.env['TEST_CATALOGUE']
const TOKEN = 'c0ffee'.padEnd(32, '0')

describe('servers with data directories of their own', { skip: NO_SWIFT, timeout: 300_000 }, () => {
  let folder: string
  let swift: SwiftServer
  let database: TestDatabase
  let api: ServerProcess
  let workers: ServerProcess[] = []

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartroom-s3-cluster-'))
    const names = Array.from({ length: CELLS }, (_, n) => `XX5${String(n).padStart(5, '0')}`)
    await writeMirror(
      path.join(folder, 'mirror'),
      names.map((name) => ({ name })),
    )
    swift = await startSwift()
    const { endpoint, bucket, credentials } = await swift.bucket('charts')
    database = await createEmptyDatabase()
    const start = (role: string, name: string) =>
      startServerProcess(
        {
          DATA_DIR: path.join(folder, name),
          DATABASE_URL: database.url,
          PUBLIC_CHARTS_URL: pathToFileURL(CATALOGUE ?? path.join(folder, 'mirror', 'ENCProdCat.xml')).href,
          S3_ENDPOINT: endpoint ?? '',
          S3_BUCKET: bucket,
          S3_PREFIX: 'cluster',
          S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
          S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
          PROVISIONING_DEFAULT_TOKEN: TOKEN,
          JOB_PROCESSOR_MAX_WORKER_COUNT: '1',
          INSTANCE_NAME: name,
          LOG_LEVEL: 'warn',
        },
        ['serve', '--role', role],
      )
    const [first, ...rest] = await Promise.all([
      start('api', 'api'),
      ...['worker-1', 'worker-2', 'worker-3'].map((name) => start('worker', name)),
    ])
    assert.ok(first)
    api = first
    workers = rest
  })
  after(async () => {
    await Promise.all([api, ...workers].map((process) => process?.end('SIGTERM')))
    await database?.close()
    await swift?.[Symbol.asyncDispose]()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  test('a refresh completes although a worker is killed and the bucket stops, and every tile answers', async () => {
    const client = await api.api()
    const id = await client.createJob('refresh-public-charts')
    assert.ok(id)
    const jobs = async () => (await client.listJobs({ limit: 200 })).jobs
    await until(async () => (await jobs()).some((job) => job.parentJobId === id && job.jobState === 'running'))
    await workers[1]?.end('SIGKILL')
    await swift.kill()
    await new Promise((resolve) => setTimeout(resolve, OUTAGE_SECONDS * 1_000))
    await swift.start()
    const ended = await until(async () => {
      const job = (await jobs()).find((each) => each.id === id)
      return job !== undefined && ['completed', 'failed', 'cancelled'].includes(job.jobState) && job
    })
    assert.equal(ended.jobState, 'completed', JSON.stringify(ended.logs))
    assert.deepEqual([ended.result?.['indexed'], ended.result?.['failed']], [CELLS, 0])
    const cells = await client.listCells()
    assert.equal(cells.length, CELLS)
    for (const { bbox } of cells) {
      const answer = await fetch(`${api.url}${tileAt(bbox, 14)}?token=${TOKEN}`)
      assert.equal(answer.status, 200)
      assert.ok((await answer.arrayBuffer()).byteLength > 0)
    }
  })

  test('no data directory has blobs except in its cache, and all machines have the same secret key', async () => {
    for (const name of ['api', 'worker-1', 'worker-2', 'worker-3'])
      assert.ok(!(await readdir(path.join(folder, name))).includes('blobs'), name)
    const client = await api.api()
    // The token was made by whichever machine started first; the API server can read it.
    const answer = await fetch(`${api.url}/api/portal/v1/apiTokens`, { headers: { authorization: `Bearer ${client.session}` } })
    assert.ok((await answer.text()).includes(TOKEN))
  })
})

async function until<T>(find: () => Promise<T | false>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function tileAt([west, south, east, north]: readonly [number, number, number, number], zoom: number): string {
  const scale = 2 ** zoom
  const latitude = (((south + north) / 2) * Math.PI) / 180
  const x = Math.floor(((west + east) / 2 / 360 + 0.5) * scale)
  const y = Math.floor(((1 - Math.log(Math.tan(latitude) + 1 / Math.cos(latitude)) / Math.PI) / 2) * scale)
  return `/api/v2/tiles/enc-v2/${zoom}/${x}/${y}.mvt`
}
