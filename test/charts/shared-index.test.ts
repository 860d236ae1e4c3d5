import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { FanOut } from '#jobs/model/job-type.ts'
import { systemClock } from '#lib/clock.ts'
import { batches, indexPublicEncs } from '#tasks/index-public-encs.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { writeMirror } from '#test/cells.ts'
import { jobDetail, jobReaches, jobRecord, jobType, startTestJobs } from '#test/jobs.ts'
import { startMirrorServer } from '#test/mirror-server.ts'
import { createRefreshBench, IMPATIENT, type RefreshBench } from '#test/refresh-bench.ts'

// A refresh that shares its cells among child jobs must report the same as one that indexes them itself: these tests run both on
// the same mirrors and compare the results.

const names = Array.from({ length: 10 }, (_, n) => `AA5AAAA${n}`)

/** @param between runs before the refresh is retried; without it, the refresh is not. */
async function sharedRefresh(
  bench: RefreshBench,
  catalogueUrl: string,
  between?: () => Promise<void>,
): Promise<{ parent: JobRecord; children: JobRecord[] }> {
  const { storage, database } = bench
  const reader = createSharedCellReader(() => createCellReader({ threads: 2 }))
  const source = { catalogueUrl: new URL(catalogueUrl), version: '0.0.0-test', transfer: IMPATIENT }
  const common = { db: database.db, storage, clock: systemClock, workers: 2, reader, ...source }
  const parentType = refreshPublicCharts({
    ...common,
    shared: true,
    filter: null,
  })
  await using jobs = await startTestJobs(database, [parentType, indexPublicEncs({ ...common, worker: 'this-one' })])
  const { jobId } = await jobs.create({ jobType: parentType.name, accountId: null })
  let parent = await jobReaches(jobs, jobId)
  if (between !== undefined) {
    assert.equal(parent.jobState, 'failed')
    await between()
    await jobs.retry(jobId, null)
    parent = await jobReaches(jobs, jobId)
  }
  const all = await jobs.list({ visibility: { all: true }, activeOnly: false, limit: 200, offset: 0 })
  return { parent, children: all.jobs.filter((job) => job.parentJobId === jobId) }
}

async function compare(
  steps: readonly { break?: readonly string[]; without?: readonly string[] }[],
  check: (parent: JobRecord, children: JobRecord[], step: number) => void,
): Promise<void> {
  await using shared = await createRefreshBench()
  await using alone = await createRefreshBench()
  const mirror = path.join(shared.folder, 'mirror')
  const server = await startMirrorServer(mirror)
  try {
    for (const [index, step] of steps.entries()) {
      await rm(mirror, { recursive: true, force: true })
      await writeMirror(
        mirror,
        names
          .filter((name) => !step.without?.includes(name))
          .map((name) => ({
            name,
            ...(step.break?.includes(name)
              ? { files: [{ name: `${name}.000`, bytes: new TextEncoder().encode('no chart') }] }
              : {}),
          })),
      )
      const expected = await alone.refresh(server.catalogueUrl)
      const { parent, children } = await sharedRefresh(shared, server.catalogueUrl)
      assert.equal(parent.jobState, expected.jobState, JSON.stringify(parent.logs, null, 1))
      if (expected.jobState === 'completed') {
        const { children: counted, ...rest } = parent.result ?? {}
        assert.deepEqual(rest, expected.result)
        if (children.length > 0) assert.deepEqual(counted, { completed: children.length, failed: 0, cancelled: 0 })
      } else assert.equal(parent.result?.['error'], expected.result?.['error'])
      assert.deepEqual(errorsOf(parent), errorsOf(expected), 'what went wrong is in the log of the refresh itself')
      assert.ok(parent.steps.every((each) => each.status === 'completed' || expected.jobState === 'failed'))
      // The storage key of the plan is internal to the refresh.
      for (const job of [expected, parent, ...children]) assert.doesNotMatch(JSON.stringify(job), /plans\//)
      check(parent, children, index)
    }
  } finally {
    await server.close()
  }
}

function errorsOf(job: JobRecord): string[] {
  return job.logs
    .filter((line) => line.type === 'error')
    .map((line) => line.message)
    .toSorted()
}

test('a shared refresh logs a broken cell with its reason, indexes the others, and the next one tries it again', async () => {
  await compare([{ break: ['AA5AAAA3'] }, {}, {}], (parent, children, step) => {
    const { indexed, failed, unchanged } = parent.result ?? {}
    const expected = [
      [9, 1, 0],
      [1, 0, 9],
      [0, 0, 10],
    ][step]
    assert.deepEqual([indexed, failed, unchanged], expected)
    assert.equal(children.length, [3, 1, 0][step], 'no batch without a cell')
    if (step === 0) assert.match(errorsOf(parent)[0] ?? '', /^AA5AAAA3 could not be indexed: /)
  })
})

test('a shared refresh fails only when every changed cell fails', async () => {
  await compare([{ break: names }], (parent, children) => {
    assert.equal(parent.jobState, 'failed')
    assert.equal(parent.result?.['error'], 'all 10 changed cells failed; see the log for each of them')
    assert.ok(children.every((child) => child.jobState === 'completed'))
  })
})

test('a retry of a shared refresh downloads and tries its failed cells again', async () => {
  for (const shared of [true, false]) {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    const server = await startMirrorServer(mirror)
    try {
      await writeMirror(
        mirror,
        names.map((name) => ({ name })),
      )
      // Damaged zips of the size that the catalogue gives.
      const files = names.map((name) => path.join(mirror, `${name}.zip`))
      const whole = await Promise.all(files.map((file) => readFile(file)))
      for (const [n, file] of files.entries()) await writeFile(file, Buffer.alloc(whole[n]?.length ?? 0))
      const mend = async () => {
        for (const [n, file] of files.entries()) await writeFile(file, whole[n] ?? '')
      }
      const job = shared
        ? (await sharedRefresh(bench, server.catalogueUrl, mend)).parent
        : await bench.refresh(server.catalogueUrl, { retryAfter: mend })
      assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
      assert.equal(job.result?.['indexed'], names.length)
      assert.equal(job.result?.['failed'], 0)
    } finally {
      await server.close()
    }
  }
})

test('a shared refresh removes a cell that left the catalogue', async () => {
  await compare([{}, { without: ['AA5AAAA0'] }], (parent, _, step) => {
    assert.equal(parent.result?.['withdrawn'], step)
  })
})

test('a batch without its stored plan fails and says what to do', async () => {
  await using bench = await createRefreshBench()
  const reader = createSharedCellReader(() => createCellReader({ threads: 1 }))
  const type = indexPublicEncs({
    db: bench.database.db,
    storage: bench.storage,
    clock: systemClock,
    workers: 1,
    reader,
    catalogueUrl: new URL('http://127.0.0.1:9/'),
    version: '0.0.0-test',
    worker: 'this-one',
  })
  const refresh = jobType('a-refresh', async () => {
    return new FanOut([{ jobType: type.name, parameters: { cells: ['AA5AAAA0'] } }], { onChildFailure: 'fail' })
  })
  await using jobs = await startTestJobs(bench.database, [refresh, type])
  const { jobId } = await jobs.create({ jobType: refresh.name, accountId: null })
  await jobReaches(jobs, jobId)
  const { childJobIds } = await jobDetail(jobs, jobId)
  const job = await jobRecord(jobs, childJobIds[0] as string)
  assert.equal(job.jobState, 'failed')
  assert.match(String(job.result?.['error']), /start a new refresh/)
})

test('batches contain each cell once, with four to a hundred cells per batch', () => {
  for (const count of [0, 1, 4, 5, 28, 400, 6_500]) {
    const cells = Array.from({ length: count }, (_, n) => n)
    const cut = batches(cells)
    assert.deepEqual(cut.flat(), cells)
    assert.ok(cut.every((batch) => batch.length > 0 && batch.length <= 100))
    assert.ok(cut.slice(0, -1).every((batch) => batch.length >= 4))
  }
  assert.equal(batches(Array.from({ length: 6_500 })).length, 65)
})
