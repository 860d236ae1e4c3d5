import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStandardCellName, parseCellFileName } from './cell-file-name.ts'

test('names of 1 to 60 letters, digits, underscores and hyphens name a cell', () => {
  assert.deepEqual(parseCellFileName('H13776_FFF.000'), { cell: 'H13776_FFF', number: 0 })
  assert.deepEqual(parseCellFileName('US5GA20M_S57_testfile.012'), { cell: 'US5GA20M_S57_TESTFILE', number: 12 })
  assert.deepEqual(parseCellFileName('a.999'), { cell: 'A', number: 999 })
  assert.deepEqual(parseCellFileName(`${'x'.repeat(60)}.000`)?.cell.length, 60)
})

test('other names are not cell files', () => {
  for (const name of [
    '.000',
    `${'x'.repeat(61)}.000`,
    'a b.000',
    'a.b.000',
    'US5X.00',
    'US5X.0000',
    'Ö.000',
    'catalog.031',
    'US5X',
  ])
    assert.equal(parseCellFileName(name), null, name)
})

test('only names of eight letters and digits are standard', () => {
  assert.ok(isStandardCellName('US5SAVCH'))
  for (const name of ['US5SAVC', 'US5SAVCHX', 'US5_AVCH']) assert.equal(isStandardCellName(name), false)
})
