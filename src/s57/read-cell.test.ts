import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { encodeRecord } from '#iso8211/encode-record.ts'
import { sampleCell, sampleRename, sampleUpdate } from '#test/cells.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { type CellFile, type Feature, readCell } from './read-cell.ts'
import { S57Error } from './s57-error.ts'
import type { FeatureSpec } from './writer/cell-spec.ts'
import { writeCatalogueFile } from './writer/write-catalogue-file.ts'
import { writeCell } from './writer/write-cell.ts'

const base = (overrides: Parameters<typeof sampleCell>[0] = {}): CellFile => ({
  name: 'XX5SAMPL.000',
  bytes: sampleCell(overrides),
})
const rename = (number: number, overrides: Parameters<typeof sampleRename>[1] = {}): CellFile => ({
  name: `XX5SAMPL.${String(number).padStart(3, '0')}`,
  bytes: sampleRename(number, overrides),
})

function byId(features: Iterable<Feature>): Map<number, Feature> {
  return new Map([...features].map((feature) => [feature.recordId, feature]))
}

describe('a base cell', () => {
  test('a base cell has the header of DSID and DSPM', () => {
    const dates = { issueDate: '2026-02-03', updateApplicationDate: '2026-02-01' }
    const cell = readCell(base({ edition: 7, usageBand: 4, compilationScale: 45_000, producer: 550, comment: 'Hello', ...dates }))
    assert.equal(cell.name, 'XX5SAMPL')
    assert.equal(cell.edition, 7)
    assert.equal(cell.updateNumber, 0)
    assert.equal(cell.issueDate, '2026-02-03')
    assert.equal(cell.updateApplicationDate, '2026-02-01')
    assert.equal(cell.producer, 550)
    assert.equal(cell.usageBand, 4)
    assert.equal(cell.compilationScale, 45_000)
    assert.equal(cell.comment, 'Hello')
    assert.equal(cell.cancelled, false)
    assert.deepEqual(cell.warnings, [])
    assert.equal(cell.featureCount, 9)
  })

  test('features have attributes, references and geometry', () => {
    const features = byId(readCell(base()).features())
    const buoy = features.get(7)!
    assert.equal(buoy.acronym, 'BOYLAT')
    assert.equal(buoy.objectClass, 17)
    assert.equal(buoy.primitive, 'point')
    assert.equal(buoy.attributes.get('OBJNAM'), 'Sample Buoy 2')
    assert.deepEqual(geoJsonOf(buoy), { type: 'Point', coordinates: [-30.03, 40.05] })
    const light = features.get(8)!
    assert.deepEqual(buoy.references, [
      {
        agency: light.agency,
        featureId: light.featureId,
        featureSubdivision: light.featureSubdivision,
        relation: 2,
        comment: '',
      },
    ])
    const soundings = features.get(6)!
    assert.equal(soundings.geometry?.type, 'MultiPoint')
    assert.deepEqual(geoJsonOf(soundings)?.coordinates[1], [-30.02, 40.03, 17.5])
    const water = features.get(2)!
    assert.equal(water.geometry?.type, 'Polygon')
    assert.equal(water.geometry.paths.length, 2)
    assert.equal(features.get(4)?.geometry?.type, 'LineString')
  })

  test('features can be iterated again, also concurrently', () => {
    const cell = readCell(base())
    const first = [...cell.features()]
    assert.deepEqual([...cell.features()], first)
    const together = cell.features()[Symbol.iterator]()
    together.next()
    assert.deepEqual([...cell.features()], first)
    assert.deepEqual([first[0], ...{ [Symbol.iterator]: () => together }], first)
    assert.deepEqual(cell.warnings, [])
  })

  test('classes and attributes outside the catalogue are kept by number', () => {
    const feature = {
      objectClass: 21_234,
      attributes: { 31234: 'x' },
      geometry: { type: 'Point' as const, coordinates: [-30.05, 40.05] },
    }
    const [found] = readCell(base({ features: [feature] })).features()
    assert.equal(found?.acronym, 'OBJL_21234')
    assert.equal(found?.attributes.get('ATTL_31234'), 'x')
  })

  test('a base file may be a view into a larger buffer', () => {
    const bytes = sampleCell()
    const larger = Buffer.concat([Buffer.alloc(13, 0xff), bytes, Buffer.alloc(7, 0xff)])
    const view = { name: 'XX5SAMPL.000', bytes: new Uint8Array(larger.buffer, larger.byteOffset + 13, bytes.length) }
    assert.deepEqual([...readCell(view).features()], [...readCell(base()).features()])
  })

  test('a base file may be padded with zeros', () => {
    const bytes = Buffer.concat([sampleCell(), Buffer.alloc(512)])
    assert.equal(readCell({ name: 'XX5SAMPL.000', bytes }).featureCount, 9)
  })
})

describe('updates', () => {
  test('updates in any order are applied by number', () => {
    const cell = readCell(base(), [rename(3), rename(1), rename(2)])
    assert.equal(cell.updateNumber, 3)
    assert.equal(byId(cell.features()).get(7)?.attributes.get('OBJNAM'), 'Sample Buoy 2 (update 3)')
  })

  test('updates change, delete and insert features', () => {
    const bytes = sampleUpdate({ issueDate: '2026-03-04' })
    const cell = readCell(base({ updateApplicationDate: '2026-01-02' }), [{ name: 'XX5SAMPL.001', bytes }])
    const features = byId(cell.features())
    assert.equal(features.get(7)?.attributes.get('OBJNAM'), 'Sample Buoy 2A')
    assert.equal(features.get(7)?.attributes.get('BOYSHP'), '2')
    assert.equal(features.has(9), false)
    assert.ok([...features.values()].some(({ acronym }) => acronym === 'UWTROC'))
    assert.equal(cell.featureCount, 9)
    assert.equal(cell.issueDate, '2026-03-04')
    assert.equal(cell.updateApplicationDate, '2026-01-02', 'updates do not state it, so that of the base stays')
  })

  test('an update with edition 0 cancels the cell', () => {
    const cell = readCell(base(), [rename(1), rename(2, { edition: 0, features: [] })])
    assert.equal(cell.cancelled, true)
    assert.equal(cell.edition, 0)
    assert.equal(cell.updateNumber, 2)
  })

  test('updates contained in a re-issued base are skipped, and the next one is applied', () => {
    const cell = readCell(base({ updateNumber: 2 }), [
      rename(1),
      rename(2),
      rename(3, { features: [{ id: 9, objectClass: 'WRECKS', primitive: 1, instruction: 2, version: 2 }] }),
    ])
    assert.equal(cell.updateNumber, 3)
    assert.equal(cell.featureCount, 8)
    assert.equal(cell.warnings.length, 2)
    assert.match(cell.warnings[0]!, /already contains update 1/)
  })

  const wrong: { what: string; base?: CellFile; updates: CellFile[]; message: RegExp }[] = [
    {
      what: 'a missing update',
      updates: [rename(1), rename(3)],
      message: /XX5SAMPL\.003, record 2, DSID: update 2 is missing: .*cell is at 1/,
    },
    { what: 'the same update twice', updates: [rename(1), rename(1)], message: /update 2 is missing: this is update 1/ },
    {
      what: 'an update of another edition',
      updates: [rename(1, { edition: 2 })],
      message: /for edition 2, the cell is edition 1/,
    },
    {
      what: 'an update after the cancellation',
      updates: [rename(1, { edition: 0, features: [] }), rename(2)],
      message: /update 2 comes after the cell was cancelled by update 1/,
    },
    { what: 'update 2 without update 1', updates: [rename(2)], message: /update 1 is missing/ },
    {
      what: 'an update in place of the base',
      base: rename(1),
      updates: [],
      message: /this is an update .* a base file \(\.000\) is needed/,
    },
  ]
  for (const { what, base: file, updates, message } of wrong) {
    test(`${what} is refused`, () => {
      assert.throws(
        () => readCell(file ?? base(), updates),
        (error) => error instanceof S57Error && message.test(error.message),
      )
    })
  }
})

describe('files that are not cells', () => {
  const refuses = (bytes: Uint8Array, message: RegExp) => {
    assert.throws(
      () => readCell({ name: 'FILE.000', bytes }),
      (error) => {
        assert.ok(error instanceof S57Error)
        assert.equal(error.file, 'FILE.000')
        assert.match(error.message, message)
        return true
      },
    )
  }
  test('an empty file is refused', () => refuses(new Uint8Array(0), /the file is empty/))
  test('a web page is refused', () =>
    refuses(Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), /this is not an S-57 file/))
  test('a zip is refused', () =>
    refuses(Buffer.from('504b03041400000008000000000000000000000000000000', 'hex'), /this is not an S-57 file/))
  test('the catalogue of an exchange set is refused', () => {
    refuses(
      writeCatalogueFile([{ path: 'XX5SAMPL/XX5SAMPL.000', bytes: sampleCell(), longName: '', box: null }]),
      /this is the catalogue of an exchange set/,
    )
  })
})

describe('malformed numbers', () => {
  const wreck = (attributes: Record<string, string>): FeatureSpec => ({
    objectClass: 'WRECKS',
    attributes,
    geometry: { type: 'Point', coordinates: [1, 2] },
  })
  const read = (...features: FeatureSpec[]) => {
    const cell = readCell({ name: 'XX5SAMPL.000', bytes: writeCell({ name: 'XX5SAMPL', features }) })
    return { attributes: [...cell.features()].map((each) => Object.fromEntries(each.attributes)), cell }
  }

  test('malformed numbers are read as unknown, with one warning per attribute', () => {
    const { attributes, cell } = read(
      wreck({ VALSOU: '3,5', CATWRK: 'x', OBJNAM: 'x' }),
      wreck({ VALSOU: '0x10' }),
      wreck({ VALSOU: '4' }),
    )
    assert.deepEqual(attributes, [{ VALSOU: '', CATWRK: '', OBJNAM: 'x' }, { VALSOU: '' }, { VALSOU: '4' }])
    const warnings = [
      'XX5SAMPL.000, feature 1 (WRECKS): CATWRK is "x" instead of the number of an enumeration; read it as unknown',
      'XX5SAMPL.000, feature 1 (WRECKS): VALSOU is "3,5" instead of a number with a decimal point; read it as unknown (and in 1 more feature)',
    ]
    assert.deepEqual(cell.warnings.toSorted(), warnings)
  })

  test('malformed numbers are reported once, however often the features are read', () => {
    const { cell } = read(wreck({ VALSOU: 'none' }))
    assert.equal([...cell.features()].length, 1)
    assert.equal(cell.warnings.length, 1)
  })

  test('numbers with signs, blanks or exponents and empty values are not malformed', () => {
    const { attributes } = read(
      wreck({ VALSOU: ' -0.5 ' }),
      wreck({ VALSOU: '.5' }),
      wreck({ VALSOU: '1e2' }),
      wreck({ VALSOU: '' }),
    )
    assert.deepEqual(
      attributes.map(({ VALSOU }) => VALSOU),
      [' -0.5 ', '.5', '1e2', ''],
    )
  })
})

test('the S-57 reader refuses an S-101 chart', () => {
  const record = encodeRecord('descriptive', [
    { tag: '0000', data: Buffer.from('0000;&   \x1f0001DSID') },
    { tag: 'DSID', data: Buffer.from('1600;&   Data set\x1fRCNM!PRSP\x1f(b11,A)') },
    { tag: 'DSSI', data: Buffer.from('1600;&   Structure\x1fDCOX!DCOY\x1f(2b48)') },
    { tag: 'FTCS', data: Buffer.from('2600;&   Codes\x1f*FTCD!FTNC\x1f(A,b12)') },
  ])
  const read = () => readCell({ name: '101XX00DEMO.000', bytes: record })
  assert.throws(read, /101XX00DEMO\.000, record 1, DSID: this is an S-101 file where one of S-57 is needed/)
})
