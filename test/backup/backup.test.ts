import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { BackupFileError } from '#backup/backup-format.ts'
import { holdBlobs, withBlobHolds } from '#backup/blob-holds.ts'
import { createBackup } from '#backup/create-backup.ts'
import { backupName, keepNewest } from '#backup/keep-newest.ts'
import { restoreBackup } from '#backup/restore-backup.ts'
import { NotEmptyError } from '#db/copy/import-tables.ts'
import { newId } from '#lib/ids.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { openS3Store } from '#storage/s3/s3-store.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#test/database.ts'
import { NO_SWIFT, startSwift } from '#test/swift/swift-server.ts'

let folder: string
let source: TestDatabase
const signal = new AbortController().signal
const KEY = randomBytes(32)
const PASSPHRASE = 'a passphrase of the tests'

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-backup-'))
  source = await createTestDatabase()
})
after(async () => {
  await source?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Rows of every kind that a copy could spoil, and the blobs that they name. */
async function fill(): Promise<void> {
  const { db } = source
  await sql`insert into account (name, metadata) values ('First', '{"a": "tab\\tline\\nback\\\\slash é 𝄞"}'), ('Second', '{}')`.execute(
    db,
  )
  await sql`insert into app_user (account_id, username, password_hash) values (1, 'someone', '\\N')`.execute(db)
  await sql`insert into api_token (token_hash, token_encrypted, name, user_id, account_id)
    values ('\\x00ff5c0a', ${randomBytes(100)}, 'token', 1, 1)`.execute(db)
  const root = newId()
  const job = (id: string, parent: string | null, type: string, state: string) =>
    sql`
    insert into job (id, root_job_id, parent_job_id, job_type, job_state) values (${id}, ${root}, ${parent}, ${type}, ${state})`.execute(
      db,
    )
  await job(root, null, 'refresh-public-charts', 'completed')
  await job(newId(), root, 'index-public-encs', 'completed')
  await job(newId(), null, 'backup', 'running')
  await sql`insert into job_log (job_id, seq, at, level, attempt, message)
    select ${root}, n, now(), 1, 1, repeat('line ', 40) || n from generate_series(1, 30000) n`.execute(db)
  await sql`insert into upload (public_id, account_id, user_id, uploader, filename, file_size, kind, blob_key)
    values (${newId()}, 1, 1, 'someone', 'a.zip', 5, 'zip', 'uploads/one')`.execute(db)
}

const storeOf = (name: string) => createFolderStore(path.join(folder, name))
const text = (value: string) => new TextEncoder().encode(value)

async function backUp(name: string, storage = storeOf('blobs'), key: { secret: Buffer; passphrase: string } | null = null) {
  return await createBackup({
    ...{ db: source.db, url: source.url, storage, version: '1.2.3', file: path.join(folder, name), key, signal },
    jobFolders: ['plans/'],
  })
}

async function restoreInto(target: TestDatabase, name: string, storage = storeOf('restored'), passphrase: string | null = null) {
  let kept: Buffer | null = null
  const summary = await restoreBackup({
    ...{ file: path.join(folder, name), url: target.url, storage, passphrase, signal },
    async keepKey(key) {
      kept = key
    },
  })
  return { ...summary, kept: kept as Buffer | null }
}

/** Every row of every table, as text. */
async function contentOf({ db }: TestDatabase): Promise<Record<string, string[]>> {
  const tables = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db)
  const content: Record<string, string[]> = {}
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(db)
    content[name] = rows.rows.map(({ row }) => row)
  }
  for (const name of [
    'schema_migration',
    'kysely_migration_lock',
    'schema_migration_lock',
    'backup_run',
    'backup_hold',
    'server_process',
    'transaction_mark',
  ])
    delete content[name]
  return content
}

test('a restored database has the same rows, and the storage the blobs that they name', async () => {
  await fill()
  const storage = storeOf('blobs')
  await storage.put('uploads/one', randomBytes(3_000_000))
  await storage.put('plans/of-a-job.json', text('{}'))
  await storage.put('public/XX5AAAA1/old.zip', text('named by nothing'))
  const made = await backUp('whole.tar', storage, { secret: KEY, passphrase: PASSPHRASE })
  assert.deepEqual([made.blobs, made.missing, made.hasKey], [2, 0, true])
  assert.ok(made.bytes > 3_000_000)

  await using target = await createEmptyDatabase()
  const restored = await restoreInto(target, 'whole.tar', storeOf('restored'), PASSPHRASE)
  assert.deepEqual([restored.version, restored.blobs, restored.present, restored.key], ['1.2.3', 2, 0, 'restored'])
  assert.deepEqual(restored.kept, KEY)
  const [was, is] = [await contentOf(source), await contentOf(target)]
  for (const name of Object.keys(was)) {
    if (name === 'job' || name === 'setting') continue
    assert.deepEqual(is[name], was[name], name)
  }
  const jobs = await sql<{ job_type: string; job_state: string }>`select job_type, job_state from job order by job_type`.execute(
    target.db,
  )
  assert.deepEqual(
    jobs.rows.map((row) => `${row.job_type} ${row.job_state}`),
    ['backup cancelled', 'index-public-encs completed', 'refresh-public-charts completed'],
    'the job that was making the backup has ended',
  )
  assert.ok((await storeOf('restored').read('uploads/one')).equals(await storage.read('uploads/one')))

  // Sequences continue where they were, triggers work again, and the schema is complete.
  const next = await sql<{ id: number }>`insert into account (name) values ('Third') returning id`.execute(target.db)
  assert.equal(next.rows[0]?.id, 3)
  await sql`insert into job (id, root_job_id, job_type) values (${newId()}, ${newId()}, 'clear-tiles')`.execute(target.db)
  const counted = await sql<{ jobs: number }>`select sum(jobs)::int as jobs from job_count`.execute(target.db)
  assert.equal(counted.rows[0]?.jobs, 4)
})

test('a second restore of a backup finds it complete, and a database with other content is refused', async () => {
  await using target = await createEmptyDatabase()
  await restoreInto(target, 'whole.tar')
  const again = await restoreInto(target, 'whole.tar')
  assert.equal(again.blobs, 0)
  await backUp('other.tar')
  await assert.rejects(restoreInto(target, 'other.tar'), NotEmptyError)
  await assert.rejects(restoreInto(source, 'whole.tar'), /the database is not empty: restore into a new DATA_DIR/)
})

test('a restore that was interrupted stores only what is missing', async () => {
  await using target = await createEmptyDatabase()
  const stopping = new AbortController()
  const storage = storeOf('interrupted')
  const stopped = restoreBackup({
    ...{ file: path.join(folder, 'whole.tar'), url: target.url, passphrase: null, signal: stopping.signal },
    storage: {
      ...storage,
      async put(key, content) {
        const bytes = await storage.put(key, content)
        stopping.abort(new Error('stopped here'))
        return bytes
      },
    },
    keepKey: async () => {},
  })
  await assert.rejects(stopped, /stopped here/)
  const rows = await sql`select from account`.execute(target.db)
  assert.equal(rows.rows.length, 0)
  const { blobs, present, key } = await restoreInto(target, 'whole.tar', storage)
  assert.deepEqual([blobs, present, key], [2, 1, 'locked'])
})

test('a wrong passphrase is refused before anything is stored', async () => {
  await using target = await createEmptyDatabase()
  const storage = storeOf('untouched')
  await assert.rejects(restoreInto(target, 'whole.tar', storage, 'another passphrase'), /BACKUP_PASSPHRASE is not the passphrase/)
  assert.deepEqual(await Array.fromAsync(storage.list('')), [])
  assert.ok(!(await readFile(path.join(folder, 'whole.tar'))).includes(KEY), 'the key is not in the file in clear')
})

for (const [name, damage, reason] of [
  [
    'a changed byte',
    async (file: string, size: number) => await poke(file, size >> 1),
    /is damaged: its entry .* is not as it was written/,
  ],
  ['a missing end', async (file: string, size: number) => await cut(file, size - 30_000), /is incomplete|is damaged/],
  ['another file', async (file: string) => await writeFile(file, 'x'.repeat(5_000)), /is not a backup, or is damaged/],
  ['an empty file', async (file: string) => await writeFile(file, ''), /is incomplete: its end is missing/],
] as const)
  test(`${name} is noticed before the database is touched`, async () => {
    const file = path.join(folder, 'damaged.tar')
    const content = await readFile(path.join(folder, 'whole.tar'))
    await writeFile(file, content)
    await damage(file, content.length)
    await using target = await createEmptyDatabase()
    await assert.rejects(restoreInto(target, 'damaged.tar'), (error: Error) => {
      assert.ok(error instanceof BackupFileError, String(error))
      assert.match(error.message, reason)
      return true
    })
    const tables = await sql`select from pg_tables where schemaname = 'public'`.execute(target.db)
    assert.equal(tables.rows.length, 0)
  })

async function poke(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+')
  const byte = Buffer.alloc(1)
  await handle.read(byte, 0, 1, at)
  await handle.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at)
  await handle.close()
}

async function cut(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.truncate(bytes)
  await handle.close()
}

test('a blob that a backup names survives its deletion, and can be deleted afterwards', async () => {
  const plain = storeOf('held')
  const storage = withBlobHolds(plain, source.db)
  for (const key of ['held/a', 'held/b']) await storage.put(key, text(key))
  const hold = await holdBlobs(source.db, newId(), async () => ['held/a'])
  assert.deepEqual([await storage.delete('held/a'), await storage.delete('held/b')], [false, true])
  assert.equal(await plain.size('held/a'), 6)
  await hold.release()
  assert.equal(await storage.delete('held/a'), true)
})

test('a folder that a backup holds keeps every blob under it, and no other', async () => {
  const storage = withBlobHolds(storeOf('held-folder'), source.db)
  for (const key of ['plans/a', 'plans/deep/b', 'plan/c']) await storage.put(key, text('x'))
  const hold = await holdBlobs(source.db, newId(), async () => ['plans/'])
  assert.deepEqual(
    [await storage.delete('plans/a'), await storage.delete('plans/deep/b'), await storage.delete('plan/c')],
    [false, false, true],
  )
  await hold.release()
  assert.equal(await storage.delete('plans/a'), true)
})

test('the hold of a killed backup ends after its last heartbeat', async () => {
  const storage = withBlobHolds(storeOf('held'), source.db)
  await storage.put('held/c', text('c'))
  const hold = await holdBlobs(source.db, newId(), async () => ['held/c'])
  await sql`update backup_run set held_until = now() - interval '1 second'`.execute(source.db)
  assert.equal(await storage.delete('held/c'), true)
  await hold.release()
})

test('rows and blobs that change during a backup do not get into it', async () => {
  const plain = storeOf('changing')
  const storage = withBlobHolds(plain, source.db)
  await storage.put('uploads/one', text('five!'))
  let changed = false
  const made = await backUp('during.tar', {
    ...storage,
    // Called after the snapshot was taken.
    async *list(prefix) {
      await sql`update upload set blob_key = 'uploads/two' where blob_key = 'uploads/one'`.execute(source.db)
      await storage.put('uploads/two', text('later'))
      changed = !(await storage.delete('uploads/one'))
      yield* storage.list(prefix)
    },
  })
  assert.ok(changed, 'the deletion was refused')
  assert.deepEqual([made.blobs, made.missing], [1, 0])
  await using target = await createEmptyDatabase()
  await restoreInto(target, 'during.tar', storeOf('changed'))
  const named = await sql<{ blob_key: string }>`select blob_key from upload`.execute(target.db)
  assert.deepEqual(named.rows, [{ blob_key: 'uploads/one' }])
  assert.equal((await storeOf('changed').read('uploads/one')).toString(), 'five!')
})

test('a backup that cannot be written leaves the earlier file and nothing else', async () => {
  const files = await readdir(folder)
  const before = await readFile(path.join(folder, 'other.tar'))
  const storage = storeOf('changing')
  const failing = { ...storage, get: async () => Promise.reject(new Error('the disk is gone')) }
  await storage.put('plans/one.json', text('{}'))
  await assert.rejects(backUp('other.tar', failing), /the disk is gone/)
  assert.ok(before.equals(await readFile(path.join(folder, 'other.tar'))))
  assert.deepEqual(await readdir(folder), files)
  const runs = await sql`select from backup_run`.execute(source.db)
  assert.equal(runs.rows.length, 0, 'its blobs are held no longer')
})

test('the oldest backups go, and files with other names stay', async () => {
  const kept = await mkdtemp(path.join(folder, 'kept-'))
  const names = [0, 1, 2, 3].map((day) => backupName(Date.UTC(2026, 0, 1 + day, 12)))
  assert.equal(names[0], 'chartroom-20260101T120000Z.tar')
  for (const name of [...names, 'mine.tar']) await writeFile(path.join(kept, name), '')
  assert.deepEqual(await keepNewest(kept, 2, names[3] ?? ''), names.slice(0, 2))
  assert.deepEqual((await readdir(kept)).sort(), [...names.slice(2), 'mine.tar'].sort())
})

test('the backup just made stays, also among those of a clock that was ahead, which go first', async () => {
  const kept = await mkdtemp(path.join(folder, 'ahead-'))
  const [old, made, ahead, further] = [2025, 2026, 2031, 2032].map((year) => backupName(Date.UTC(year, 0, 1)))
  for (const name of [old, made, ahead, further]) await writeFile(path.join(kept, name ?? ''), '')
  assert.deepEqual(await keepNewest(kept, 3, made ?? ''), [ahead])
  assert.deepEqual(await keepNewest(kept, 1, made ?? ''), [further, old])
  assert.deepEqual(await readdir(kept), [made])
})

test('a backup of a bucket restores into a bucket', { skip: NO_SWIFT }, async () => {
  await using swift = await startSwift()
  const cacheOf = (name: string) => ({ folder: path.join(folder, name), maximumBytes: 1_000_000 })
  const from = await openS3Store({ settings: await swift.bucket('source'), cache: cacheOf('cache-from') })
  const to = await openS3Store({ settings: await swift.bucket('target', 'restored/'), cache: cacheOf('cache-to') })
  const content = randomBytes(9_000_000)
  const [row] = (await sql<{ blob_key: string }>`select blob_key from upload`.execute(source.db)).rows
  await from.put(row?.blob_key ?? '', content)
  const made = await backUp('bucket.tar', from)
  assert.deepEqual([made.blobs, made.missing], [1, 0])
  await using target = await createEmptyDatabase()
  await restoreInto(target, 'bucket.tar', to)
  assert.ok((await to.read(row?.blob_key ?? '')).equals(content))
  for (const store of [from, to]) store.close()
})
