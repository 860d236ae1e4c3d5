import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LARGEST_FILE, refusalOf } from './check-file.ts'

const ZIP = Uint8Array.of(0x50, 0x4b, 3, 4)
const CELL = new TextEncoder().encode('0153')

test('an exchange set, a cell, an update and permits may be sent', () => {
  assert.equal(refusalOf({ name: 'Harbour.ZIP', size: 10 }, ZIP), null)
  assert.equal(refusalOf({ name: 'XX5DEMOA.000', size: 10 }, CELL), null)
  assert.equal(refusalOf({ name: 'XX5DEMOA.012', size: 10 }, CELL), null)
  assert.equal(refusalOf({ name: 'PERMIT.TXT', size: 10 }, CELL), null)
})

test('a file is refused for its type, its size or its first bytes, with the reason', () => {
  assert.match(refusalOf({ name: 'chart.pdf', size: 10 }, CELL) ?? '', /not accepted/)
  assert.match(refusalOf({ name: 'a.zip', size: 0 }, Uint8Array.of()) ?? '', /empty/)
  assert.match(refusalOf({ name: 'a.zip', size: LARGEST_FILE + 1 }, ZIP) ?? '', /larger than 1 GB/)
  assert.match(refusalOf({ name: 'a.zip', size: 10 }, CELL) ?? '', /has the name of a zip/)
  assert.match(refusalOf({ name: 'XX5DEMOA.000', size: 10 }, ZIP) ?? '', /under another name/)
})
