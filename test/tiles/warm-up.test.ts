import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { createTestTiles } from '#test/tiles.ts'

const database = await createTestDatabase()
const stored = await createTestTiles(database)
const cell = prepareCell(demoCells()[0]!.files)
await showCell(database.db, stored, cell)
after(async () => {
  await stored.close()
  await database.close()
})
const started = () => createTestTiles(database, { storage: stored.storage, land: async () => [] })

test('threads that start ahead of need have drawn a chart when the tiles are ready, and none of it is kept', async () => {
  const tiles = await started()
  await tiles.warm()
  assert.equal(tiles.compiled.stats().cells, 1)
  assert.deepEqual([tiles.load().threads, tiles.load().busy], [2, 0])
  assert.equal(tiles.cache.size().tiles, 0)
  await tiles.close()
})

test('tiles become ready beside a cell that cannot be drawn, which the first request reports', async () => {
  const bytes = await stored.storage.read(cell.key)
  await stored.storage.delete(cell.key)
  const tiles = await started()
  await tiles.warm()
  assert.deepEqual([tiles.compiled.stats().cells, tiles.load().busy, tiles.broken.length], [0, 0, 0])
  await tiles.close()
  await stored.storage.put(cell.key, bytes)
})

test('tiles that are closed before they are ready end their threads', async () => {
  const tiles = await started()
  await tiles.close()
  await tiles.warm()
  assert.equal(tiles.load().threads, 0)
})
