import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import type { Db } from '#db/database.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { systemClock } from '#lib/clock.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { writeMirror } from '#test/cells.ts'
import { jobReaches, jobRecord, signal, startTestJobs } from '#test/jobs.ts'
import { type MirrorServer, startMirrorServer } from '#test/mirror-server.ts'
import { createRefreshBench, IMPATIENT, type RefreshBench } from '#test/refresh-bench.ts'

function taskOf(bench: RefreshBench, server: MirrorServer): JobType {
  const { storage, database } = bench
  const reader = createSharedCellReader(() => createCellReader({ threads: 1 }))
  const rest = {
    clock: systemClock,
    filter: null,
    workers: 1,
    reader,
    version: '0.0.0-test',
    transfer: { ...IMPATIENT, concurrency: 1 },
  }
  return refreshPublicCharts({ db: database.db, storage, catalogueUrl: new URL(server.catalogueUrl), ...rest })
}

/** The job type, with a hook that runs before every transaction of a step. */
function hooked(task: JobType, before: (number: number) => Promise<void>): JobType {
  let transactions = 0
  return {
    ...task,
    run: (job) =>
      task.run({
        ...job,
        step: (name, work) =>
          job.step(name, (step) =>
            work({
              ...step,
              transaction: async <T>(write: (trx: Db) => Promise<T>) => {
                await before(++transactions)
                return await step.transaction(write)
              },
            }),
          ),
      }),
  }
}

const names = Array.from({ length: 8 }, (_, i) => `AA5AAAA${i}`)

async function indexed(bench: RefreshBench): Promise<string[]> {
  const rows = await bench.database.db.selectFrom('cell').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

test('a refresh continues its index step where a stopped server left it', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  await writeMirror(
    mirror,
    names.map((name) => ({ name })),
  )
  const server = await startMirrorServer(mirror)
  try {
    const reached = signal()
    const stopped = signal()
    const type = hooked(taskOf(bench, server), async (number) => {
      if (number < 4) return
      reached.resolve()
      await stopped.promise
    })
    let jobId = ''
    {
      const jobs = await startTestJobs(bench.database, [type])
      jobId = (await jobs.create({ jobType: type.name, accountId: null })).jobId
      await reached.promise
      const closing = jobs.close(5_000)
      stopped.resolve()
      await closing
    }
    assert.deepEqual(await indexed(bench), names.slice(0, 3))
    const stamps = await bench.database.db.selectFrom('cell').select(['name', 'id', 'indexed_at']).orderBy('name').execute()

    await using jobs = await startTestJobs(bench.database, [taskOf(bench, server)])
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
    assert.deepEqual(await indexed(bench), names, 'none twice, none missing')
    const after = await bench.database.db.selectFrom('cell').select(['name', 'id', 'indexed_at']).orderBy('name').execute()
    assert.deepEqual(after.slice(0, 3), stamps, 'what was done is not done again')
    assert.deepEqual(
      job.steps.map((step) => [step.stepName, step.attempt]),
      [
        ['step_download_noaa', 1],
        ['step_index_noaa', 2],
      ],
    )
    assert.equal(server.zipRequests().length, 8)
    const { checked, downloaded, indexed: count, failed } = job.result ?? {}
    assert.deepEqual([checked, downloaded, count, failed], [8, 8, 8, 0], 'the counts are those of the whole job')
    assert.ok(job.logs.some((line) => line.message === 'Done before the interruption: 3 cells; 5 remain'))
    assert.deepEqual(await Array.fromAsync(bench.storage.list('plans/')), [], 'the plan is gone')
  } finally {
    await server.close()
  }
})

test('a refresh interrupted while downloading downloads only the missing zips', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  await writeMirror(
    mirror,
    names.map((name) => ({ name })),
  )
  const server = await startMirrorServer(mirror)
  try {
    const task = taskOf(bench, server)
    const reached = signal()
    const { storage } = bench
    const opened = signal()
    let puts = 0
    const slow: RefreshBench = {
      ...bench,
      storage: {
        ...storage,
        async put(key, content) {
          if (key.startsWith('public/') && ++puts > 3) {
            reached.resolve()
            await opened.promise
          }
          return await storage.put(key, content)
        },
      },
    }
    const first = await startTestJobs(bench.database, [taskOf(slow, server)])
    const { jobId } = await first.create({ jobType: task.name, accountId: null })
    await reached.promise
    const closing = first.close(5_000)
    opened.resolve()
    await closing
    const present = (await Array.fromAsync(storage.list('public/'))).length
    assert.equal(present, 3)
    const asked = server.zipRequests().length

    await using jobs = await startTestJobs(bench.database, [task])
    const job = await jobReaches(jobs, jobId)
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
    assert.deepEqual(await indexed(bench), names)
    assert.equal(server.zipRequests().length - asked, 8 - present)
    assert.ok(job.logs.some((line) => line.message.includes(`${present} zips from an earlier run`)))
    assert.equal((await jobRecord(jobs, jobId)).steps[0]?.attempt, 2)
  } finally {
    await server.close()
  }
})
