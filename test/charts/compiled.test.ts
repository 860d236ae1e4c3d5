import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { forgetCompiled, sweepCompiled } from '#charts/cells/compiled-store.ts'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { CompiledCellError } from '#compiled/format/compiled-cell-error.ts'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import { createCompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { MachineFaultError } from '#lib/machine-fault.ts'
import { BlobMissingError } from '#storage/blob-store.ts'
import { createRecompileRequests } from '#tasks/ask-for-recompile.ts'
import { recompileCells } from '#tasks/recompile-cells.ts'
import { writeMirror } from '#test/cells.ts'
import { jobReaches, startTestJobs } from '#test/jobs.ts'
import { createRefreshBench, type RefreshBench } from '#test/refresh-bench.ts'

// Compiled cells, from the refresh that stores them to the job that compiles them again.

const never = new AbortController().signal
const AT_ONCE = 0
const signatureRules: SignatureRules = { policy: 'off', authorities: [] }
let bench: RefreshBench
let mirror: URL
before(async () => {
  bench = await createRefreshBench()
  const folder = path.join(bench.folder, 'mirror')
  await writeMirror(folder, [{ name: 'XX5AAAA1' }, { name: 'XX5AAAA2', box: [-20, 40, -19.9, 40.1] }])
  mirror = pathToFileURL(path.join(folder, 'ENCProdCat.xml'))
  const job = await bench.refresh(mirror)
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
})
after(() => bench[Symbol.asyncDispose]())

async function rows() {
  return await bench.database.db
    .selectFrom('cell')
    .select(['id', 'name', 'edition', 'compiled_key', 'compiled_version', 'blob_key'])
    .orderBy('name')
    .execute()
}

async function keyOf(name: string): Promise<string> {
  const row = (await rows()).find((each) => each.name === name)
  assert.ok(row?.compiled_key)
  return row.compiled_key
}

async function compiledFiles(): Promise<string[]> {
  return (await Array.fromAsync(bench.storage.list(COMPILED_PREFIX))).map(({ key }) => key).sort()
}

function cacheOf() {
  return createCompiledCellCache({ storage: bench.storage, budgetBytes: 1_000_000 })
}

/** Runs `work` with an engine that has the job type, then waits for the job that it queued, if any. */
async function recompiled(work: (requests: ReturnType<typeof createRecompileRequests>) => Promise<void>) {
  const { db } = bench.database
  const reader = createSharedCellReader(() => createCellReader({ threads: 1 }))
  const type = recompileCells({ db, storage: bench.storage, clock: systemClock, workers: 1, reader, signatureRules })
  await using jobs = await startTestJobs(bench.database, [type])
  await work(createRecompileRequests({ db, jobs, log: silentLog() }))
  const newest = await db
    .selectFrom('job')
    .select('id')
    .where('job_type', '=', type.name)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return newest === undefined ? null : await jobReaches(jobs, newest.id)
}

test('a refresh stores a compiled cell for each row, and a second refresh changes nothing', async () => {
  const [first, second] = await rows()
  assert.deepEqual([first?.compiled_version, second?.compiled_version], [COMPILED_VERSION, COMPILED_VERSION])
  assert.deepEqual(await compiledFiles(), [first?.compiled_key, second?.compiled_key].sort())
  const cell = openCompiledCell((await cacheOf().load(await keyOf('XX5AAAA2'))).bytes)
  assert.deepEqual([cell.header.name, cell.header.edition, cell.featureCount], ['XX5AAAA2', 1, 9])
  const before = await rows()
  await bench.refresh(mirror)
  assert.deepEqual(await rows(), before)
})

test('a server start queues no job when every cell is compiled for this version', async () => {
  assert.equal(await recompiled((requests) => requests.atStart()), null)
})

test('a new edition gets a new compiled file, and a sweep deletes the old one after its grace period', async () => {
  const old = await keyOf('XX5AAAA1')
  await writeMirror(path.join(bench.folder, 'mirror'), [
    { name: 'XX5AAAA1', edition: 2 },
    { name: 'XX5AAAA2', box: [-20, 40, -19.9, 40.1] },
  ])
  await bench.refresh(mirror)
  const fresh = await keyOf('XX5AAAA1')
  assert.notEqual(fresh, old)
  const { db } = bench.database
  await sweepCompiled(db, bench.storage, never)
  await sweepCompiled(db, bench.storage, never)
  assert.ok((await compiledFiles()).includes(old), 'a request may just have learned of it')
  const swept = await sweepCompiled(db, bench.storage, never, AT_ONCE)
  assert.equal(swept.files, 1)
  assert.ok(swept.bytes > 1_000)
  assert.deepEqual(await compiledFiles(), [fresh, await keyOf('XX5AAAA2')].sort())
  assert.deepEqual(await db.selectFrom('unused_compiled').selectAll().execute(), [])
})

test('a compiled file that a cell names again is not swept', async () => {
  const { db } = bench.database
  const key = await keyOf('XX5AAAA1')
  await db.updateTable('cell').set({ compiled_key: null }).where('name', '=', 'XX5AAAA1').execute()
  await sweepCompiled(db, bench.storage, never)
  await db.updateTable('cell').set({ compiled_key: key }).where('name', '=', 'XX5AAAA1').execute()
  assert.equal((await sweepCompiled(db, bench.storage, never, AT_ONCE)).files, 0)
  assert.ok((await compiledFiles()).includes(key))
})

describe('a damaged compiled file is refused, reported and compiled again', () => {
  const damages: [what: string, fault: string, damage: (bytes: Buffer) => Buffer][] = [
    ['a flipped bit', 'checksum', (bytes) => bytes.fill((bytes.at(-40) ?? 0) ^ 1, bytes.length - 40, bytes.length - 39)],
    ['a truncated file', 'truncated', (bytes) => bytes.subarray(0, -8)],
    ['another version', 'version', (bytes) => bytes.fill(COMPILED_VERSION + 1, 8, 9)],
    ['another kind of file', 'magic', (bytes) => Buffer.alloc(bytes.length, 'no chart')],
  ]
  for (const [what, fault, damage] of damages) {
    test(what, async () => {
      const key = await keyOf('XX5AAAA1')
      const good = await bench.storage.read(key)
      await bench.storage.put(key, damage(Buffer.from(good)))
      const cache = cacheOf()
      const error = await cache.load(key).then(
        () => assert.fail('it was loaded'),
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof CompiledCellError)
      assert.equal(error.fault, fault)
      const job = await recompiled((requests) => requests.report(key, error))
      assert.deepEqual([job?.jobState, job?.result], ['completed', { compiled: 1, failed: 0 }], JSON.stringify(job?.logs))
      assert.equal(await keyOf('XX5AAAA1'), key, 'the same cell compiles to the same bytes')
      assert.deepEqual(await bench.storage.read(key), good)
      assert.equal((await cache.load(key)).bytes.length, good.length)
    })
  }
})

test('a compiled file that could not be opened for want of descriptors is left alone and not compiled again', async () => {
  const key = await keyOf('XX5AAAA1')
  const before = await rows()
  const starved = createCompiledCellCache({
    storage: {
      ...bench.storage,
      read: () => Promise.reject(Object.assign(new Error('too many open files'), { code: 'EMFILE' })),
    },
    budgetBytes: 0,
  })
  const error = await starved.load(key).catch((reason: unknown) => reason)
  const jobs = await bench.database.db.selectFrom('job').select('id').execute()
  await recompiled((requests) => requests.report(key, error))
  assert.deepEqual(await rows(), before)
  assert.deepEqual(await bench.database.db.selectFrom('job').select('id').execute(), jobs)
  assert.ok((await compiledFiles()).includes(key))
})

test('a damaged compiled file stays until its replacement is stored', async () => {
  const key = await keyOf('XX5AAAA1')
  const good = await bench.storage.read(key)
  await bench.storage.put(key, Buffer.alloc(good.length))
  await forgetCompiled(bench.database.db, key)
  assert.equal(await bench.storage.size(key), good.length)
  await recompiled((requests) => requests.atStart())
  assert.deepEqual(await bench.storage.read(key), good)
})

test('a cell that was not read in time, or not on this machine, is compiled by the next try', async () => {
  const { db } = bench.database
  const before = await rows()
  for (const odd of ['late', 'starved'] as const) {
    await db.updateTable('cell').set({ compiled_version: null }).where('name', '=', 'XX5AAAA2').execute()
    let tries = 0
    const deadline = () => (odd === 'late' && ++tries === 1 ? AbortSignal.abort() : AbortSignal.timeout(120_000))
    const plain = createCellReader({ threads: 1, deadline })
    const reader = createSharedCellReader(() => ({
      ...plain,
      async read(task, signal) {
        if (odd === 'starved' && ++tries === 1) throw new MachineFaultError('no thread could be started')
        return await plain.read(task, signal)
      },
      close: async () => {},
    }))
    const type = recompileCells({ db, storage: bench.storage, clock: systemClock, workers: 1, reader, signatureRules })
    {
      await using jobs = await startTestJobs(bench.database, [type])
      const { jobId } = await jobs.create({ jobType: type.name, accountId: null })
      const job = await jobReaches(jobs, jobId)
      assert.deepEqual(
        [job.jobState, job.result],
        ['completed', { compiled: 1, failed: 0 }],
        `${odd} ${JSON.stringify(job.logs)}`,
      )
    }
    assert.equal(tries, 2, odd)
    await plain.close()
    assert.deepEqual(await rows(), before)
  }
})

test('a server start compiles cells without a compiled form of this version', async () => {
  const { db } = bench.database
  const before = await rows()
  await db.updateTable('cell').set({ compiled_key: null, compiled_version: null }).where('name', '=', 'XX5AAAA1').execute()
  await db
    .updateTable('cell')
    .set({ compiled_version: COMPILED_VERSION - 1 })
    .where('name', '=', 'XX5AAAA2')
    .execute()
  const job = await recompiled((requests) => requests.atStart())
  assert.deepEqual([job?.jobState, job?.result], ['completed', { compiled: 2, failed: 0 }], JSON.stringify(job?.logs))
  assert.deepEqual(await rows(), before)
})

test('the next refresh downloads a cell whose compiled file and zip are gone', async () => {
  const row = (await rows())[0]!
  await bench.storage.delete(row.blob_key)
  await bench.storage.delete(row.compiled_key!)
  const missing = await cacheOf()
    .load(row.compiled_key!)
    .catch((error: unknown) => error)
  assert.ok(missing instanceof BlobMissingError)
  const job = await recompiled((requests) => requests.report(row.compiled_key!, missing))
  assert.deepEqual(job?.result, { compiled: 0, failed: 1 })
  assert.match(JSON.stringify(job?.logs), /the next refresh downloads it again/)
  const refreshed = await bench.refresh(mirror)
  assert.equal((refreshed.result as { indexed: number }).indexed, 1)
  assert.deepEqual((await rows())[0], row)
  assert.ok((await compiledFiles()).includes(row.compiled_key!))
})
