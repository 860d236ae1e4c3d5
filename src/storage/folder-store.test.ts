import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { BlobMissingError, InvalidKeyError } from './blob-store.ts'
import { createFolderStore } from './folder-store.ts'
import { explainWriteFailure } from './storage-unusable.ts'

const root = await mkdtemp(path.join(tmpdir(), 'chartroom-store-'))
after(() => rm(root, { recursive: true, force: true }))
const store = createFolderStore(root)
const text = (value: string) => new TextEncoder().encode(value)

async function keys(prefix: string): Promise<string[]> {
  const found = await Array.fromAsync(store.list(prefix))
  return found.map((blob) => blob.key).sort()
}

test('a stored blob can be read, streamed, opened as a file, measured, listed and deleted', async () => {
  async function* chunks() {
    yield text('one ')
    yield text('two')
  }
  assert.equal(await store.put('a/b/c.zip', chunks()), 7)
  assert.equal((await store.read('a/b/c.zip')).toString(), 'one two')
  assert.equal(Buffer.concat(await Array.fromAsync(await store.get('a/b/c.zip'))).toString(), 'one two')
  assert.equal(await store.withFile('a/b/c.zip', async (file) => path.relative(root, file)), path.join('a', 'b', 'c.zip'))
  assert.equal(await store.size('a/b/c.zip'), 7)
  await store.put('a/b.zip', text('x'))
  assert.deepEqual(await keys('a/'), ['a/b.zip', 'a/b/c.zip'])
  assert.deepEqual(await keys('a/b/'), ['a/b/c.zip'])
  assert.equal(await store.delete('a/b/c.zip'), true)
  assert.equal(await store.delete('a/b/c.zip'), false)
  assert.deepEqual(await keys(''), ['a/b.zip'])
  assert.deepEqual(await readdir(path.join(root, 'a')), ['b.zip'], 'the empty folder went with its last blob')
})

test('a missing blob has no size, and reading it throws an error that names it', async () => {
  assert.equal(await store.size('no/thing'), null)
  await assert.rejects(store.read('no/thing'), BlobMissingError)
  await assert.rejects(store.get('no/thing'), BlobMissingError)
  await assert.rejects(
    store.withFile('no/thing', async () => {}),
    /the storage has no no\/thing/,
  )
  assert.deepEqual(await keys('no/'), [])
})

test('an interrupted write keeps the old content and leaves no partial file', async () => {
  await store.put('kept/blob', text('old'))
  async function* broken() {
    yield text('new, but')
    throw new Error('the line went dead')
  }
  await assert.rejects(store.put('kept/blob', broken()), /the line went dead/)
  assert.equal((await store.read('kept/blob')).toString(), 'old')
  assert.deepEqual(await readdir(path.join(root, '.incoming')), [])
})

test('a sweep deletes old half-written files, which are never listed', async () => {
  const half = path.join(root, '.incoming', 'half')
  await writeFile(half, 'half')
  assert.ok(!(await keys('')).some((key) => key.includes('half')))
  assert.equal(await store.sweep(60_000), 0)
  const longAgo = new Date(Date.now() - 120_000)
  await utimes(half, longAgo, longAgo)
  assert.equal(await store.sweep(60_000), 1)
})

test('concurrent writes and deletes in one folder do not disturb each other', async () => {
  await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      await store.put(`busy/cell/${i}`, text('x'))
      await store.delete(`busy/cell/${i}`)
    }),
  )
  assert.deepEqual(await keys('busy/'), [])
})

for (const key of [
  '',
  '/etc/passwd',
  '../up',
  'a/../b',
  'a//b',
  'a/',
  './a',
  'C:\\x',
  'a\\b',
  'a\0b',
  '.incoming/x',
  'a'.repeat(600),
]) {
  test(`the key ${JSON.stringify(key.slice(0, 20))} is refused`, async () => {
    await assert.rejects(store.put(key, text('x')), InvalidKeyError)
    await assert.rejects(store.read(key), InvalidKeyError)
    await assert.rejects(store.delete(key), InvalidKeyError)
  })
}

test('a prefix outside the store is refused', async () => {
  await assert.rejects(keys('../'), InvalidKeyError)
  await assert.rejects(keys('tiles'), InvalidKeyError)
})

test('a failed write says what is wrong with the folder and what to do', () => {
  const failed = (code: string) => explainWriteFailure(Object.assign(new Error(`${code}: no`), { code }), '/charts/blobs')
  const words: [code: string, message: RegExp][] = [
    [
      'EACCES',
      /^the account ".+" may not write to the storage folder \/charts\/blobs: give the folder .* \(chown -R\): EACCES: no$/,
    ],
    ['EROFS', /^the storage folder \/charts\/blobs is on a disk that is mounted read-only: mount it for writing/],
    ['ENOSPC', /^the disk of the storage folder \/charts\/blobs is full: free some space: ENOSPC: no$/],
    ['EIO', /^the disk of the storage folder \/charts\/blobs reports a fault: .*replace the disk/],
  ]
  for (const [code, message] of words) {
    const error = failed(code)
    assert.match(messageOf(error), message)
    assert.ok(isMachineFault(error), 'a later try may succeed')
  }
  const other = new Error('the client has gone')
  assert.equal(explainWriteFailure(other, '/charts/blobs'), other)
})

test('an error of the content is not blamed on the folder', async () => {
  const fault = Object.assign(new Error('EACCES: the source'), { code: 'EACCES' })
  async function* content(): AsyncGenerator<Uint8Array> {
    yield text('some')
    throw fault
  }
  await assert.rejects(store.put('faulty', content()), (error) => error === fault)
})
