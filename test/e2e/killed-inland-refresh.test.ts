import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { INLAND_CATALOGUE, writeInlandMirror } from '#test/inland-mirror.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

const CELLS = 60
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-killed-inland-'))
let server: ServerProcess | undefined
after(async () => {
  await server?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('a refresh survives kill -9 while it indexes the inland charts', async () => {
  const [sea, rivers] = [path.join(folder, 'sea'), path.join(folder, 'rivers')]
  await writeMirror(sea, [{ name: 'AA5AAAA1' }])
  await writeInlandMirror(
    rivers,
    Array.from({ length: CELLS }, (_, i) => ({ name: `U37OH${String(i).padStart(3, '0')}` })),
  )
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(sea, 'ENCProdCat.xml')).href,
    PUBLIC_INLAND_CHARTS_URL: pathToFileURL(path.join(rivers, INLAND_CATALOGUE)).href,
    JOB_PROCESSOR_MAX_WORKER_COUNT: '1',
  }
  server = await startServerProcess(environment)
  const id = await (await server.api()).createJob('refresh-public-charts')
  assert.ok(id)
  await jobWhen(server, id, (job) => job.steps.some((step) => step.stepName === 'step_index_usace' && step.status === 'running'))
  await server.end('SIGKILL')

  server = await startServerProcess(environment)
  const ended = await jobWhen(server, id, ({ jobState }) => jobState !== 'pending' && jobState !== 'running')
  assert.equal(ended.jobState, 'completed', JSON.stringify(ended.logs))
  assert.deepEqual(
    ended.steps.map(({ stepName, attempt }) => [stepName, attempt]),
    [
      ['step_download_noaa', 1],
      ['step_index_noaa', 1],
      ['step_download_usace', 1],
      ['step_index_usace', 2],
    ],
  )
  assert.deepEqual([ended.result?.['indexed'], ended.result?.['failed']], [CELLS + 1, 0])
  const sources = await fetch(`${server.url}/api/v1/datasets/attributions`)
  const ids = ((await sources.json()) as { id: string }[]).map((source) => source.id)
  assert.deepEqual(ids, ['noaa-enc', 'usace-ienc', 'basemap'])
})

async function jobWhen(running: ServerProcess, id: string, when: (job: Job) => boolean): Promise<Job> {
  const api = await running.api()
  for (;;) {
    const job = (await api.listJobs()).jobs.find((each) => each.id === id)
    if (job !== undefined && when(job)) return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

type Job = Awaited<ReturnType<Awaited<ReturnType<ServerProcess['api']>>['listJobs']>>['jobs'][number]
