import assert from 'node:assert/strict'
import { test } from 'node:test'
import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { FULL_ZOOM, PART } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'

test('every cell of the small NOAA mirror compiles with all its areas', { skip: noCharts }, async () => {
  const buffer = createPositionBuffer()
  for (const { name, base, updates } of await mirrorCells('day1')) {
    const cell = readCell(base, updates)
    const file = compileCell(cell)
    const source = [base, ...updates].reduce((sum, { bytes }) => sum + bytes.length, 0)
    assert.ok(file.length < source * 1.3 + 8_192, `${name}: ${file.length} bytes from ${source}`)
    const compiled = openCompiledCell(file.buffer as ArrayBuffer)
    assert.equal(compiled.header.name, name)
    assert.ok(compiled.featureCount >= cell.featureCount)
    for (let feature = 0; feature < compiled.featureCount; feature++) {
      const first = compiled.partStart[feature]!
      if (compiled.primitive[feature] !== 3 || first === compiled.partStart[feature + 1]) continue
      assert.ok(readPart(compiled, first, FULL_ZOOM, buffer) >= 3, `${name}, ${objectClassName(compiled.objectClass[feature]!)}`)
      assert.equal(compiled.partKind[first], PART.outer)
    }
    const [from, to] = compiled.coverageParts
    assert.ok(to > from && readPart(compiled, from, 0, buffer) !== 2, `${name} has a coverage`)
  }
})
