import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { sampleCell, zipOf } from '#test/cells.ts'
import { jobDetail, jobReaches } from '#test/jobs.ts'
import { createUploadBench, type UploadBench } from '#test/upload-bench.ts'

const NAMES = Array.from({ length: 8 }, (_, n) => `XX5CCCC${n}`)

/** Deletes an upload and cancels the deletion while it restores the first cell. */
async function cancelDeletion(bench: UploadBench, id: number): Promise<string> {
  const { db } = bench.database
  const remove = () => bench.call<{ message: string }>('DELETE', `/portal/v1/charts/uploads/${id}`)
  const { jobId, cancelled } = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`
      select pg_backend_pid() as pid from cell where name = ${NAMES[0]} for update`.execute(trx)
    assert.equal((await remove()).body.message, 'Upload deletion scheduled')
    const restoring = await waiterFor(bench, rows[0]?.pid ?? 0)
    assert.equal((await remove()).body.message, 'Upload deletion already scheduled')
    const job = await sql<{ id: string }>`select delete_job_id as id from upload where id = ${id}`.execute(db)
    const jobId = job.rows[0]?.id ?? ''
    // It waits for the job's row, which the restoration of the first cell holds.
    const cancelled = bench.call('POST', `/portal/v1/jobs/${jobId}/cancel`)
    await waiterFor(bench, restoring)
    return { jobId, cancelled }
  })
  assert.equal((await cancelled).status, 200)
  await jobReaches(bench.jobs, jobId, ['cancelled'])
  return jobId
}

/** The process of a statement that waits for a lock which this process of the database holds, once there is one. */
async function waiterFor({ database }: UploadBench, pid: number): Promise<number> {
  for (const deadline = performance.now() + 120_000; performance.now() < deadline; ) {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and ${pid}::int = any(pg_blocking_pids(pid))
    `.execute(database.db)
    if (rows[0] !== undefined) return rows[0].pid
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return assert.fail(`no statement waits for process ${pid}`)
}

/** Uploads edition 1 of some cells, then edition 2. Deleting edition 2 restores each cell from edition 1, one by one. */
async function uploadCells(bench: UploadBench): Promise<number> {
  let id = 0
  for (const edition of [1, 2]) {
    const entries = NAMES.map((name) => ({ path: `ENC_ROOT/${name}/${name}.000`, content: sampleCell({ name, edition }) }))
    const upload = await bench.upload('cells.zip', await zipOf(entries))
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    id = upload.id
  }
  assert.equal(await countOf(bench, '2.0'), NAMES.length)
  return id
}

async function countOf(bench: UploadBench, version: string): Promise<number> {
  return (await bench.visible()).filter((cell) => cell.endsWith(` ${version}`)).length
}

test('a cancelled deletion says what remains, and deleting the upload again finishes it', async () => {
  await using bench = await createUploadBench()
  const id = await uploadCells(bench)
  const jobId = await cancelDeletion(bench, id)
  const { result, logs } = await jobDetail(bench.jobs, jobId)
  const remaining = await countOf(bench, '2.0')
  assert.ok(remaining > 0, 'the deletion was cancelled too late')
  assert.deepEqual(result, { removed: 0, restored: NAMES.length - remaining, remaining })
  assert.match(
    logs.map((line) => line.message).join('\n'),
    /The deletion of cells\.zip was cancelled: \d cells? and the file remain/,
  )
  assert.equal((await bench.call('GET', `/portal/v1/charts/uploads/${id}`)).status, 404)
  await bench.remove(id)
  assert.equal(await countOf(bench, '1.0'), NAMES.length)
})

test('a retry of a cancelled deletion finishes it', async () => {
  await using bench = await createUploadBench()
  const id = await uploadCells(bench)
  const jobId = await cancelDeletion(bench, id)
  assert.equal((await bench.call('POST', `/portal/v1/jobs/${jobId}/retry`)).status, 200)
  const job = await jobReaches(bench.jobs, jobId)
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
  assert.equal(await countOf(bench, '1.0'), NAMES.length)
  assert.equal((await bench.call('DELETE', `/portal/v1/charts/uploads/${id}`)).status, 404)
})
