import assert from 'node:assert/strict'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { sweepUploads } from '#charts/uploads/sweep-uploads.ts'
import { createUploads } from '#charts/uploads/uploads.ts'
import { systemClock } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestDatabase } from '#test/database.ts'
import { jobType, startTestJobs } from '#test/jobs.ts'

const HOUR = 60 * 60_000
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-sweep-'))
const database = await createTestDatabase()
const { db } = database
const storage = createFolderStore(folder)
const uploads = createUploads({ db, storage, userPermit: null })
const account = await db.insertInto('account').values({ name: 'one' }).returning('id').executeTakeFirstOrThrow()
const user = await db
  .insertInto('app_user')
  .values({ account_id: account.id, username: 'one', password_hash: '' })
  .returning('id')
  .executeTakeFirstOrThrow()
const jobs = await startTestJobs(database, [jobType('user-upload', async () => ({}))])
after(async () => {
  await jobs[Symbol.asyncDispose]()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const sweep = () => sweepUploads(db, storage, systemClock, new AbortController().signal, HOUR)

/** Stores a file as an upload does, and backdates it by two hours. */
async function received(): Promise<string> {
  const { blobKey } = await uploads.receive('PERMIT.TXT', content())
  const past = new Date(Date.now() - 2 * HOUR)
  await utimes(path.join(folder, blobKey), past, past)
  return blobKey
}

async function* content() {
  yield Buffer.from(':DATE 20260101 00:00\r\n')
}

/** Records an upload with its job, as the route does; `beforeCommit` runs in the same transaction. */
async function record(blobKey: string, beforeCommit: () => Promise<void> = async () => {}): Promise<void> {
  const id = await uploads.nextId()
  const who = { accountId: account.id, userId: user.id, uploader: 'one' }
  const file = { filename: 'PERMIT.TXT', fileSize: 22, kind: 'permit', blobKey } as const
  await jobs.create({ jobType: 'user-upload', accountId: account.id }, async (trx, jobId) => {
    await uploads.record(trx, { id, publicId: newId(), ...who, ...file, jobId })
    await beforeCommit()
  })
}

test('a sweep deletes old files without an upload and keeps new or recorded ones', async () => {
  const [orphan, named] = [await received(), await received()]
  const { blobKey: fresh } = await uploads.receive('PERMIT.TXT', content())
  const other = 'public/XX5AAAA1/1.0.zip'
  await storage.put(other, Buffer.from('not an upload'))
  await record(named)
  assert.equal(await sweep(), 1)
  assert.equal(await storage.size(orphan), null)
  for (const key of [named, fresh, other]) assert.notEqual(await storage.size(key), null, key)
  assert.equal(await sweep(), 0)
})

test('a sweep keeps the old file of an upload that is being recorded', async () => {
  const key = await received()
  // As another process would see it: the row is not committed yet.
  await record(key, async () => assert.equal(await sweep(), 0))
  assert.equal(await sweep(), 0)
  assert.notEqual(await storage.size(key), null)
})

test('an upload whose file a sweep deleted cannot be recorded', async () => {
  const key = await received()
  assert.equal(await sweep(), 1)
  await assert.rejects(record(key), { code: 'UPLOAD_INCOMPLETE' })
  const rows = await db.selectFrom('upload').select('id').where('blob_key', '=', key).execute()
  assert.deepEqual(rows, [])
})

test('concurrent sweeps delete each file once', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, received))
  const counts = await Promise.all([sweep(), sweep(), sweep()])
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    keys.length,
  )
  for (const key of keys) assert.equal(await storage.size(key), null)
})
