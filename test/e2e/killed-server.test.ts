import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { ApiClient, ListedJob } from '#cli/client/api-client.ts'
import { type MirrorCellOverrides, writeMirror } from '#test/cells.ts'
import { type MirrorServer, startMirrorServer } from '#test/mirror-server.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The server is killed in the middle of the index step of a refresh and restarted on its data: the same job must complete without
// repeating the download, and every cell must exist exactly once.

const CELLS = 400
let folder: string
let mirror: MirrorServer
let server: ServerProcess

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-killed-'))
  const cells: MirrorCellOverrides[] = Array.from({ length: CELLS }, (_, n) => ({ name: `XX5${String(n).padStart(5, '0')}` }))
  await writeMirror(path.join(folder, 'mirror'), cells)
  mirror = await startMirrorServer(path.join(folder, 'mirror'))
})
after(async () => {
  await server?.end('SIGTERM')
  await mirror?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a refresh survives kill -9 in the middle of its index step', async () => {
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: mirror.catalogueUrl,
    JOB_PROCESSOR_MAX_WORKER_COUNT: '1',
  }
  server = await startServerProcess(environment)
  const api = await server.api()
  const id = await api.createJob('refresh-public-charts')
  assert.ok(id)
  await until(
    api,
    (job) => stepOf(job, 'step_index_noaa')?.status === 'running' && job.percentComplete > 55 && job.percentComplete < 95,
  )
  await server.end('SIGKILL')
  const requested = mirror.zipRequests().length
  assert.equal(requested, CELLS)

  server = await startServerProcess(environment)
  const ended = await until(await server.api(), (job) => job.jobState !== 'pending' && job.jobState !== 'running')
  assert.equal(ended.id, id)
  assert.equal(ended.jobState, 'completed', JSON.stringify(ended.logs))
  assert.equal(ended.percentComplete, 100)
  assert.equal(stepOf(ended, 'step_download_noaa')?.attempt, 1)
  assert.equal(stepOf(ended, 'step_index_noaa')?.attempt, 2)
  assert.equal(ended.result?.['indexed'], CELLS)
  assert.equal(ended.result?.['failed'], 0)
  assert.equal(mirror.zipRequests().length, requested, 'the download was repeated')

  // The next refresh finds every cell exactly once.
  const again = await (await server.api()).createJob('refresh-public-charts')
  assert.ok(again)
  const second = await until(await server.api(), (job) => job.id === again && job.jobState === 'completed')
  assert.equal(second.result?.['unchanged'], CELLS)
  assert.equal(second.result?.['downloaded'], 0)

  // A service manager signals every process of the service, and npm passes the signal on; together they are one request.
  const [code] = await Promise.all([server.end('SIGTERM'), server.end('SIGTERM'), server.end('SIGINT')])
  assert.equal(code, 0, server.output())
})

function stepOf(job: ListedJob, name: string) {
  return job.steps.find((step) => step.stepName === name)
}

/** Returns the newest job once it satisfies the condition. */
async function until(api: ApiClient, wanted: (job: ListedJob) => boolean): Promise<ListedJob> {
  for (const deadline = performance.now() + 200_000; ; ) {
    const job = (await api.listJobs({ limit: 1 })).jobs[0]
    if (job !== undefined && wanted(job)) return job
    assert.ok(performance.now() < deadline, `the job did not come that far: ${JSON.stringify(job)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
