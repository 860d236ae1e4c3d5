import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { readCell } from '#s57/read-cell.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { sampleCell } from '#test/cells.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { compileCell } from '../write/compile-cell.ts'
import { writeSections } from '../write/write-sections.ts'
import { compiledCacheBudget, createCompiledCellCache } from './compiled-cell-cache.ts'
import { openCompiledCell } from './open-compiled-cell.ts'
import { createOpenedCells } from './opened-cells.ts'
import { readSections } from './read-sections.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-compiled-'))
after(() => rm(folder, { recursive: true, force: true }))
const file = compileCell(readCell({ name: 'XX5SAMPL.000', bytes: sampleCell() }))

/** The file at an offset of shared memory. */
function inMemory(at: number): Uint8Array<SharedArrayBuffer> {
  const bytes = new Uint8Array(new SharedArrayBuffer(at + file.length), at)
  bytes.set(file)
  return bytes
}

async function storeOf(keys: string[]): Promise<{ storage: BlobStore; reads: string[] }> {
  const store = createFolderStore(path.join(folder, `${keys.length}`))
  for (const key of keys) await store.put(key, file)
  const reads: string[] = []
  const read = (key: string) => {
    reads.push(key)
    return store.read(key)
  }
  return { storage: { ...store, read }, reads }
}

test('the cell cache coalesces concurrent loads and drops the least recently used cell first', async () => {
  const { storage, reads } = await storeOf(['a.cell', 'b.cell', 'c.cell'])
  const cache = createCompiledCellCache({ storage, budgetBytes: file.length * 2 })
  const use = async (key: string) => (await cache.load(key)).release()
  const [one, two] = await Promise.all([cache.load('a.cell'), cache.load('a.cell')])
  assert.equal(one.bytes, two.bytes)
  assert.deepEqual(reads, ['a.cell'])
  one.release()
  two.release()
  await use('b.cell')
  await use('a.cell')
  await use('c.cell')
  assert.deepEqual(cache.stats(), { cells: 2, bytes: file.length * 2, budgetBytes: file.length * 2, hits: 2, misses: 3 })
  await use('a.cell')
  assert.deepEqual(reads, ['a.cell', 'b.cell', 'c.cell'], 'a was used after b, so b went')
  await use('b.cell')
  assert.equal(reads.at(-1), 'b.cell')
})

test('a cell in use keeps its bytes while others come, which have memory of their own when there is no room', async () => {
  const keys = ['u.cell', 'v.cell', 'w.cell', 'x.cell', 'y.cell']
  const { storage, reads } = await storeOf(keys)
  const cache = createCompiledCellCache({ storage, budgetBytes: file.length * 2 })
  const u = await cache.load('u.cell')
  const v = await cache.load('v.cell')
  const w = await cache.load('w.cell')
  assert.ok(u.bytes.buffer === v.bytes.buffer, 'both in the piece of memory that is the budget')
  assert.ok(w.bytes.buffer !== u.bytes.buffer)
  assert.equal(cache.stats().cells, 2)
  w.release()
  assert.ok((await cache.load('w.cell')).bytes.length > 0)
  assert.equal(reads.length, 4, 'a cell with memory of its own goes with its last use')
  v.release()
  v.release()
  const x = await cache.load('x.cell')
  assert.equal(x.bytes.byteOffset, v.bytes.byteOffset, 'in the place of the one that nothing uses')
  for (const { bytes } of [u, w, x]) assert.deepEqual(Uint8Array.from(bytes), Uint8Array.from(file))
  assert.ok((await cache.load('y.cell')).bytes.buffer !== u.bytes.buffer, 'a second release does not count')
})

test('the cell cache keeps no failed read and returns a cell above its budget without keeping it', async () => {
  const { storage, reads } = await storeOf(['d.cell'])
  const cache = createCompiledCellCache({ storage, budgetBytes: file.length - 1 })
  await assert.rejects(cache.load('missing.cell'), /the storage has no missing\.cell/)
  await assert.rejects(cache.load('missing.cell'), /the storage has no missing\.cell/)
  assert.equal(reads.length, 2)
  assert.equal(openCompiledCell((await cache.load('d.cell')).bytes).header.name, 'XX5SAMPL')
  assert.equal(cache.stats().bytes, 0)
})

test('a worker thread sees the memory of a cached cell without a copy', async () => {
  const { storage } = await storeOf(['e.cell', 'f.cell'])
  const { bytes } = await createCompiledCellCache({ storage, budgetBytes: 1e6 }).load('e.cell')
  const source = `
    import { parentPort, workerData } from 'node:worker_threads'
    import { createOpenedCells } from ${JSON.stringify(new URL('./opened-cells.ts', import.meta.url).href)}
    const cell = createOpenedCells().open('e', workerData)
    parentPort.postMessage([cell.header.name, cell.featureCount, cell.vertexXY[0]])
    cell.vertexXY[0] = 4711
    parentPort.postMessage('written')`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: bytes })
  const cell = openCompiledCell(bytes)
  const messages: unknown[] = []
  const first = cell.vertexXY[0]
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message) => messages.push(message))
    worker.on('exit', () => resolve())
  })
  assert.deepEqual(messages, [['XX5SAMPL', cell.featureCount, first], 'written'])
  assert.equal(cell.vertexXY[0], 4711)
})

test('createOpenedCells keeps at most its limit of cells open', () => {
  const shared = inMemory(0)
  const opened = createOpenedCells(2)
  const [a, b] = [opened.open('a', shared), opened.open('b', shared)]
  assert.equal(opened.open('a', shared), a)
  opened.open('c', shared)
  assert.equal(opened.open('a', shared), a)
  assert.notEqual(opened.open('b', shared), b)
})

test('createOpenedCells opens a cell again when it lies in another place', () => {
  const opened = createOpenedCells()
  const first = opened.open('a', inMemory(8))
  assert.equal(opened.open('a', inMemory(8)), first)
  const moved = opened.open('a', inMemory(64))
  assert.notEqual(moved, first)
  assert.equal(moved.vertexXY.byteOffset, first.vertexXY.byteOffset + 56)
  assert.deepEqual(moved.vertexXY, first.vertexXY)
  assert.equal(moved.header.name, 'XX5SAMPL')
})

test('readSections detects a change of any byte of a file', () => {
  const step = 7
  for (let at = 0; at < file.length; at += step) {
    const damaged = Uint8Array.from(file)
    damaged[at]! ^= 0x10
    // The four bytes before the section count are always zero and mean nothing.
    if (at >= 20 && at < 24) continue
    assert.throws(() => readSections(damaged, true), CompiledCellError, `byte ${at}`)
  }
})

test('openCompiledCell refuses a truncated file, a missing section and a section beyond the end', () => {
  for (let length = 0; length < file.length; length += 501) {
    assert.throws(() => openCompiledCell(Uint8Array.from(file.subarray(0, length)).buffer), CompiledCellError)
  }
  const bytes = writeSections([['header', new Float64Array(3)]])
  assert.throws(() => openCompiledCell(bytes.buffer as ArrayBuffer), /is missing or of another type/)
  new DataView(bytes.buffer).setUint32(32 + 12, 1_000, true)
  assert.throws(() => openCompiledCell(bytes.buffer as ArrayBuffer, { verify: false }), /lies outside the file/)
})

test('compiledCacheBudget is a forty-eighth of the memory, from 32 MB to 2 GB', () => {
  assert.equal(compiledCacheBudget(4_800 * 1024 ** 2), 100 * 1024 ** 2)
  assert.equal(compiledCacheBudget(256 * 1024 ** 2), 32 * 1024 ** 2)
  assert.equal(compiledCacheBudget(1024 ** 4), 2 * 1024 ** 3)
})
