import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { BlobMissingError, InvalidKeyError } from './blob-store.ts'
import { createFolderStore } from './folder-store.ts'

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
