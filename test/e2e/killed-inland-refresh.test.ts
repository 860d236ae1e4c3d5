import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { INLAND_CATALOGUE, writeInlandMirror } from '#test/inland-mirror.ts'
import { type MirrorServer, startMirrorServer } from '#test/mirror-server.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

const CELLS = 60
/** Those of the inland cells whose zips the mirror serves before the server is killed. */
const SERVED = 40
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-killed-inland-'))
let server: ServerProcess | undefined
let mirror: MirrorServer | undefined
after(async () => {
  await server?.end('SIGTERM')
  await mirror?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a refresh survives kill -9 while it downloads the inland charts, and again while it indexes them', async () => {
  const [sea, rivers] = [path.join(folder, 'sea'), path.join(folder, 'rivers')]
  await writeMirror(sea, [{ name: 'AA5AAAA1' }])
  const names = Array.from({ length: CELLS }, (_, i) => `U37OH${String(i).padStart(3, '0')}`)
  await writeInlandMirror(
    rivers,
    names.map((name) => ({ name })),
  )
  mirror = await startMirrorServer(rivers)
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(sea, 'ENCProdCat.xml')).href,
    PUBLIC_INLAND_CHARTS_URL: new URL(INLAND_CATALOGUE, mirror.catalogueUrl).href,
    JOB_PROCESSOR_MAX_WORKER_COUNT: '1',
  }
  const late = new Set(names.slice(SERVED).map((name) => `${name}.zip`))
  const stopped = mirror.hold((zip) => late.has(zip))
  server = await startServerProcess(environment)
  const id = await (await server.api()).createJob('refresh-public-charts')
  assert.ok(id)
  await stopped
  const downloading = await jobWhen(server, id, isRunning('step_download_usace'))
  assert.equal(downloading.jobState, 'running')
  await server.end('SIGKILL')
  // Far fewer downloads run at once, so the first half of the requests had its answers before the first request without one.
  const stored = mirror.zipRequests().slice(0, SERVED / 2)
  const before = mirror.zipRequests().length

  mirror.release()
  server = await startServerProcess(environment)
  await jobWhen(server, id, isRunning('step_index_usace'))
  const repeated = mirror.zipRequests().slice(before)
  assert.deepEqual(
    stored.filter((zip) => repeated.includes(zip)),
    [],
    'a zip that had arrived was downloaded again',
  )
  assert.deepEqual(
    [...late].filter((zip) => !repeated.includes(zip)),
    [],
  )
  await server.end('SIGKILL')

  server = await startServerProcess(environment)
  const ended = await jobWhen(server, id, ({ jobState }) => jobState !== 'pending' && jobState !== 'running')
  assert.equal(ended.jobState, 'completed', JSON.stringify(ended.logs))
  assert.deepEqual(
    ended.steps.map(({ stepName, attempt }) => [stepName, attempt]),
    [
      ['step_download_noaa', 1],
      ['step_index_noaa', 1],
      ['step_download_usace', 2],
      ['step_index_usace', 2],
    ],
  )
  assert.deepEqual([ended.result?.['indexed'], ended.result?.['failed']], [CELLS + 1, 0])
  const sources = await fetch(`${server.url}/api/v1/datasets/attributions`)
  const ids = ((await sources.json()) as { id: string }[]).map((source) => source.id)
  assert.deepEqual(ids, ['noaa-enc', 'usace-ienc', 'basemap'])
})

function isRunning(name: string): (job: Job) => boolean {
  return (job) => job.steps.some((step) => step.stepName === name && step.status === 'running')
}

async function jobWhen(running: ServerProcess, id: string, when: (job: Job) => boolean): Promise<Job> {
  const api = await running.api()
  for (;;) {
    const job = (await api.listJobs()).jobs.find((each) => each.id === id)
    if (job !== undefined && when(job)) return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

type Job = Awaited<ReturnType<Awaited<ReturnType<ServerProcess['api']>>['listJobs']>>['jobs'][number]
