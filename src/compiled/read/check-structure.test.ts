import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { readCell } from '#s57/read-cell.ts'
import { sampleCell } from '#test/cells.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { SECTION, type SectionName } from '../format/compiled-format.ts'
import { compileCell } from '../write/compile-cell.ts'
import { openCompiledCell } from './open-compiled-cell.ts'
import { readSections } from './read-sections.ts'

const file = compileCell(readCell({ name: 'XX5SAMPL.000', bytes: sampleCell() }))
const table = readSections(file, true)

/** Returns the file with one number of a section changed and a matching checksum. */
function changed(name: SectionName, element: number, value: number): ArrayBuffer {
  const { offset, elementBytes } = table.get(SECTION[name])!
  const copy = Uint8Array.from(file)
  const view = new DataView(copy.buffer)
  if (elementBytes === 8) view.setFloat64(offset + element * 8, value, true)
  else if (elementBytes === 4) view.setUint32(offset + element * 4, value, true)
  else view.setUint8(offset + element, value)
  view.setUint32(16, crc32(copy.subarray(24)), true)
  return copy.buffer
}

const refuses = (buffer: ArrayBuffer, what: RegExp) =>
  assert.throws(
    () => openCompiledCell(buffer),
    (error) => error instanceof CompiledCellError && error.fault === 'structure' && what.test(error.message),
  )

test('openCompiledCell names the column of a list that extends beyond its data, whichever number is wrong', () => {
  const lists = [
    'textStart',
    'pointStart',
    'partStart',
    'partArcStart',
    'arcStart',
    'attributeStart',
    'referenceStart',
    'derivedStart',
    'runStart',
    'anchorStart',
  ] as const
  for (const name of lists) {
    const count = table.get(SECTION[name])!.bytes / 4
    for (let element = 0; element < count; element++) {
      refuses(changed(name, element, 0xffff_ffff), name === 'textStart' ? /text/ : new RegExp(`column ${name} `))
    }
  }
})

test('openCompiledCell names the column of an index that points at no entry', () => {
  const indices = [
    'partArcs',
    'attributeKey',
    'attributeValue',
    'valueText',
    'derivedKey',
    'derivedValue',
    'runPart',
    'referenceTarget',
    'indexedFeatures',
    'indexedPoints',
    'indexedPointFeature',
  ] as const
  for (const name of indices) {
    const count = table.get(SECTION[name])!.bytes / 4
    assert.ok(count > 0, name)
    for (let element = 0; element < count; element++) {
      refuses(changed(name, element, 0xffff_fff0), new RegExp(`column ${name} `))
    }
  }
})

test('openCompiledCell refuses NaN in the header and a loop in a search tree', () => {
  refuses(changed('header', 3, Number.NaN), /its header has other fields/)
  refuses(changed('header', 14, 1e9), /column coverage /)
  for (const name of ['featureIndex', 'soundingIndex'] as const) {
    const { bytes } = table.get(SECTION[name])!
    // The last number, of two bytes, is the root's: four times the place of its first child.
    refuses(changed(name, bytes - 2, 0xfc), /is not an index/)
  }
})
