import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { silentLog } from '#lib/log.ts'
import { openTileCache } from './tile-cache.ts'

const root = await mkdtemp(path.join(tmpdir(), 'chartroom-tiles-'))
after(() => rm(root, { recursive: true, force: true }))
let folders = 0
const open = (folder: string, maximumBytes = 1e6, memoryBytes = 0) =>
  openTileCache({ folder, maximumBytes, memoryBytes, log: silentLog() })
const newFolder = () => path.join(root, String(folders++))
const digest = (n: number) => n.toString(16).padStart(32, '0')
const content = (n: number, bytes = 1000) => Buffer.alloc(bytes, n)

test('cached content, empty content included, is found again, also by a cache opened later', async () => {
  const folder = newFolder()
  const cache = await open(folder)
  await cache.put(digest(1), content(1))
  await cache.put(digest(2), Buffer.alloc(0))
  assert.deepEqual(await cache.get(digest(1)), content(1))
  assert.equal((await cache.get(digest(2)))?.byteLength, 0)
  assert.equal(await cache.get(digest(3)), null)
  const later = await open(folder)
  assert.deepEqual(await later.get(digest(1)), content(1))
  await later.listed()
  assert.deepEqual(later.size(), cache.size())
})

test('the longest unused tiles are evicted first', async () => {
  const cache = await open(newFolder(), 5 * 4096)
  for (let i = 0; i < 5; i++) await cache.put(digest(i), content(i))
  await cache.get(digest(0))
  await cache.put(digest(9), content(9))
  assert.equal(await cache.get(digest(1)), null)
  assert.ok(await cache.get(digest(0)))
  assert.ok(await cache.get(digest(9)))
  assert.ok(cache.size().bytes <= 5 * 4096)
})

test('the order of use survives a restart, and a smaller limit takes effect', async () => {
  const folder = newFolder()
  const cache = await open(folder)
  for (let i = 0; i < 4; i++) {
    await cache.put(digest(i), content(i))
    const at = new Date(2026, 0, 10 - i)
    await utimes(path.join(folder, '00', digest(i)), at, at)
  }
  const later = await open(folder, 2 * 4096)
  await later.listed()
  assert.equal(await later.get(digest(3)), null)
  assert.ok(await later.get(digest(0)))
  assert.ok(later.size().bytes <= 2 * 4096)
})

test('a tile is found before the folder is listed, and a tile used or stored in the meantime counts once', async () => {
  const folder = newFolder()
  const cache = await open(folder)
  for (let i = 0; i < 40; i++) await cache.put(digest(i), content(i))
  const later = await open(folder, 41 * 4096)
  assert.equal(later.size().tiles, 0)
  assert.deepEqual(await later.get(digest(7)), content(7))
  await later.put(digest(7), content(7))
  await later.put(digest(50), content(50))
  await later.listed()
  assert.equal(later.size().tiles, 41)
  assert.equal(later.size().bytes, 41 * 4096)
  // Tiles used while the folder was listed are not the first to go.
  await later.put(digest(51), content(51))
  assert.ok(later.size().tiles <= 41)
  assert.ok(await later.get(digest(7)))
  assert.ok(await later.get(digest(50)))
})

test('a cache cleared while its folder is listed ends up empty, and closing stops the listing', async () => {
  const folder = newFolder()
  const cache = await open(folder)
  for (let i = 0; i < 40; i++) await cache.put(digest(i), content(i))
  const closed = await open(folder)
  await closed.close()
  assert.equal(closed.size().tiles, 0)
  const later = await open(folder)
  await later.clear()
  await later.listed()
  assert.deepEqual(later.size(), { tiles: 0, bytes: 0 })
})

test('a damaged file is a miss and is deleted', async () => {
  const folder = newFolder()
  const cache = await open(folder)
  await cache.put(digest(1), content(1))
  await writeFile(path.join(folder, '00', digest(1)), Buffer.alloc(1012))
  assert.equal(await cache.get(digest(1)), null)
  assert.deepEqual(await readdir(path.join(folder, '00')), [])
})

test('clearing counts the files it deleted, including those of other processes', async () => {
  const folder = newFolder()
  const [one, other] = [await open(folder, 1e6, 1e6), await open(folder)]
  await one.put(digest(1), content(1))
  await other.put(digest(2), content(2, 500))
  assert.deepEqual(await one.clear(), { tiles: 2, bytes: 1012 + 512 })
  assert.deepEqual(await one.clear(), { tiles: 0, bytes: 0 })
  assert.equal(await one.get(digest(1)), null, 'not from memory either')
  assert.equal(await other.get(digest(2)), null)
})

test('memory caches tiles without a disk, within its budget', async () => {
  const folder = newFolder()
  const cache = await open(folder, 0, 10_000)
  for (let i = 0; i < 20; i++) await cache.put(digest(i), content(i))
  assert.deepEqual(await cache.get(digest(19)), content(19))
  assert.equal(await cache.get(digest(0)), null)
  assert.deepEqual(cache.size(), { tiles: 0, bytes: 0 })
})

test('a tile in memory keeps only its own bytes alive, and an empty one counts towards the budget', async () => {
  const cache = await open(newFolder(), 1e6, 100_000)
  for (let i = 0; i < 300; i++) await cache.put(digest(i), content(i, i % 2 === 0 ? 300 : 0))
  let inMemory = 0
  for (let i = 0; i < 300; i++) {
    // The second answer comes from memory.
    await cache.get(digest(i))
    const kept = await cache.get(digest(i))
    assert.equal(kept?.buffer.byteLength, kept?.byteLength)
  }
  const memoryAlone = await open(newFolder(), 0, 100_000)
  for (let i = 0; i < 300; i++) await memoryAlone.put(digest(i), content(i, 0))
  for (let i = 0; i < 300; i++) if ((await memoryAlone.get(digest(i))) !== null) inMemory++
  assert.ok(inMemory > 0 && inMemory < 300, `${inMemory}`)
})

test('a small tile counts as the block it takes on disk', async () => {
  const cache = await open(newFolder(), 20 * 4096)
  for (let i = 0; i < 30; i++) await cache.put(digest(i), content(i, 10))
  assert.ok(cache.size().tiles <= 20)
  await cache.put(digest(99), content(9, 5000))
  assert.ok(await cache.get(digest(99)))
  assert.ok(cache.size().bytes <= 20 * 4096)
})

test('a name that is not a digest is refused', async () => {
  const cache = await open(newFolder())
  await assert.rejects(async () => await cache.get('../../etc/passwd'))
})
