import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { loadSecretKey } from './secret-key.ts'

async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-key-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

test('makes the key once, for its owner only, in a directory that need not exist', async () => {
  await using temporary = await temporaryFolder()
  const directory = path.join(temporary.folder, 'data')
  const key = await loadSecretKey(directory)
  assert.equal(key.length, 32)
  assert.deepEqual(await loadSecretKey(directory), key)
  assert.deepEqual(await readdir(directory), ['secret.key'])
  if (process.platform !== 'win32') assert.equal((await stat(path.join(directory, 'secret.key'))).mode & 0o777, 0o600)
})

test('two servers that start at once get the same key', async () => {
  await using temporary = await temporaryFolder()
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey(temporary.folder)))
  assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, 1)
  assert.deepEqual(await readdir(temporary.folder), ['secret.key'])
})

test('refuses a file of the wrong size and leaves it alone', async () => {
  await using temporary = await temporaryFolder()
  const file = path.join(temporary.folder, 'secret.key')
  await writeFile(file, 'short')
  await assert.rejects(loadSecretKey(temporary.folder), /secret\.key should hold a key of exactly 32 bytes and holds 5/)
  assert.equal(await readFile(file, 'utf8'), 'short')
})

test('a given key is used as it is, and nothing is written', async () => {
  await using temporary = await temporaryFolder()
  assert.deepEqual(await loadSecretKey(temporary.folder, 'AB'.repeat(32)), Buffer.alloc(32, 0xab))
  assert.deepEqual(await readdir(temporary.folder), [])
  await assert.rejects(loadSecretKey(temporary.folder, 'abc'), /64 hexadecimal digits/)
})
