import assert from 'node:assert/strict'
import { test } from 'node:test'
import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { LIGHT } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { visitDerived } from '#compiled/read/visit-derived.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'

test('61 lights of the small NOAA mirror have a circle, and its points have their derived properties', {
  skip: noCharts,
}, async () => {
  const counts = new Map<string, number>()
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const { base, updates } of await mirrorCells('day1')) {
    const file = compileCell(readCell(base, updates))
    const cell = openCompiledCell(file.buffer as ArrayBuffer)
    for (const kind of cell.lights.kind) count(`light kind ${kind}`)
    for (let feature = 0; feature < cell.featureCount; feature++) {
      const objectClass = objectClassName(cell.objectClass[feature]!)
      count(objectClass)
      visitDerived(cell, feature, (name) => count(`${objectClass} ${name}`))
    }
  }
  const found = (name: string) => counts.get(name) ?? 0
  assert.equal(found('LIGHTS'), 743)
  assert.equal(found(`light kind ${LIGHT.allRound}`), 61)
  assert.equal(found(`light kind ${LIGHT.directional}`), 1)
  // Every sector has an arc; one of each light has the text.
  assert.equal(found('LIGHTS sector'), 62)
  assert.equal(found(`light kind ${LIGHT.sector}`), 62)
  assert.equal(found('LIGHTS rangeText'), 43)
  assert.equal(found('LIGHTS flare'), 743 - 61 - 62 - 1)
  assert.equal(found('LIGHTS character'), 733)
  assert.equal(found('NEWOBJ sy1'), 15)
  assert.equal(found('NEWOBJ tx1'), 15)
  assert.equal(found('TOPMAR floating'), 17)
  assert.equal(found('LIGHTS lowAccuracy'), 235)
  assert.equal(found('WRECKS lowAccuracy'), 213)
})
