import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { ApiClient, ListedJob } from '#cli/client/api-client.ts'
import { type MirrorServer, startMirrorServer } from '#test/mirror-server.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// A real server indexes real NOAA cells of two days, where a copy of the mirror exists beside the project.

const charts = path.resolve(import.meta.dirname, '../../../shared/charts/noaa-mirror')
const skip = existsSync(charts) ? false : `the copy of NOAA's mirror is not at ${path.relative(process.cwd(), charts)}`

let folder: string
let mirror: MirrorServer
let server: ServerProcess
let api: ApiClient

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-first-light-'))
  mirror = await startMirrorServer(path.join(charts, 'day1'))
  server = await startServerProcess({ DATA_DIR: path.join(folder, 'data'), PUBLIC_CHARTS_URL: mirror.catalogueUrl })
  api = await server.api()
})
after(async () => {
  await server?.end('SIGTERM')
  await mirror?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

test('the first refresh indexes all 28 cells', { skip }, async () => {
  const job = await refresh()
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
  assert.equal(job.result?.['checked'], 28)
  assert.equal(job.result?.['downloaded'], 28)
  assert.equal(job.result?.['indexed'], 28)
  assert.equal(job.result?.['failed'], 0)
  assert.deepEqual(
    job.steps.map((step) => [step.stepName, step.status]),
    [
      ['step_download_noaa', 'completed'],
      ['step_index_noaa', 'completed'],
    ],
  )
})

test('the second refresh finds no changes', { skip }, async () => {
  const before = mirror.zipRequests().length
  const job = await refresh()
  assert.equal(job.jobState, 'completed')
  assert.equal(job.result?.['unchanged'], 28)
  assert.equal(job.result?.['downloaded'], 0)
  assert.equal(mirror.zipRequests().length, before)
})

test('a week later a refresh downloads only what changed', { skip }, async () => {
  mirror.serve(path.join(charts, 'day2'))
  const before = mirror.zipRequests().length
  const job = await refresh()
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
  assert.deepEqual(mirror.zipRequests().slice(before).toSorted(), ['US1GC09M.zip', 'US5SAVDJ.zip', 'US5WA22M.zip'])
  const { checked, downloaded, indexed, unchanged, cancelled, withdrawn, failed } = job.result ?? {}
  assert.deepEqual(
    { checked, downloaded, indexed, unchanged, cancelled, withdrawn, failed },
    { checked: 28, downloaded: 3, indexed: 3, unchanged: 24, cancelled: 1, withdrawn: 1, failed: 0 },
  )
})

async function refresh(): Promise<ListedJob> {
  const id = await api.createJob('refresh-public-charts')
  assert.ok(id)
  for (const deadline = performance.now() + 200_000; ; ) {
    const job = (await api.listJobs({ limit: 1 })).jobs[0]
    assert.ok(job)
    if (!['pending', 'running'].includes(job.jobState)) return job
    assert.ok(performance.now() < deadline, JSON.stringify(job))
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
