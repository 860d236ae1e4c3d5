import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCoverage } from '#charts/cells/packed-coverage.ts'
import { CompiledCellError } from '#compiled/format/compiled-cell-error.ts'
import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { AppError } from '#lib/errors.ts'
import { silentLog } from '#lib/log.ts'
import type { ChartCell } from '../view/chart-snapshot.ts'
import { toOutline } from '../view/outline.ts'
import { loadCellBuffers } from './load-cell-buffers.ts'

const cell: ChartCell = {
  ...{ name: 'XX5AAAA1', accountId: null, source: 'noaa', title: null, edition: 1, update: 0, issueDate: null, updateDate: null },
  ...{ usageBand: 5, scale: 12_000, latitude: 40, box: [0, 0, 1, 1], compiledKey: 'key', twin: null, indexedAt: 0 },
  overlay: false,
  outline: toOutline(packCoverage([])),
}

test('a chart whose file cannot be opened is a 503, and only a damaged or missing file is reported', async () => {
  const emfile = Object.assign(new Error('too many open files'), { code: 'EMFILE' })
  for (const [error, reported] of [
    [emfile, 0],
    [new CompiledCellError('checksum', 'its checksum is wrong'), 1],
  ] as const) {
    let reports = 0
    const compiled: CompiledCellCache = {
      load: () => Promise.reject(error),
      stats: () => ({ cells: 0, bytes: 0, budgetBytes: 0, hits: 0, misses: 0 }),
    }
    const source = { compiled, log: silentLog(), onBrokenCell: () => void reports++ }
    await assert.rejects(loadCellBuffers([cell], source, new AbortController().signal), (thrown) => {
      assert.ok(thrown instanceof AppError)
      assert.deepEqual([thrown.code, thrown.status], ['CHART_UNREADABLE', 503])
      return true
    })
    assert.equal(reports, reported)
  }
})

test('cells are released by their caller, or at once when a later one cannot be loaded', async () => {
  let inUse = 0
  const compiled: CompiledCellCache = {
    async load(key) {
      if (key === 'broken') throw new CompiledCellError('checksum', 'its checksum is wrong')
      inUse++
      return { bytes: new Uint8Array(new SharedArrayBuffer(8)), release: () => void inUse-- }
    },
    stats: () => ({ cells: 0, bytes: 0, budgetBytes: 0, hits: 0, misses: 0 }),
  }
  const source = { compiled, log: silentLog(), onBrokenCell() {} }
  const never = new AbortController().signal
  const loaded = await loadCellBuffers([cell, { ...cell, compiledKey: 'other' }], source, never)
  assert.deepEqual([loaded.cells.map(({ key }) => key), inUse], [['key', 'other'], 2])
  loaded.release()
  assert.equal(inUse, 0)
  await assert.rejects(loadCellBuffers([cell, { ...cell, compiledKey: 'broken' }], source, never))
  assert.equal(inUse, 0)
})
