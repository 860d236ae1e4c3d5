import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { readCell } from '#s57/read-cell.ts'
import { S57Error } from '#s57/s57-error.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { type FieldBytes, frid, fspt, isoFile, numbers, sg2d, vrid } from './iso8211-file.ts'

const read = (bytes: Uint8Array) => {
  const cell = readCell({ name: 'FILE.000', bytes })
  return { cell, features: [...cell.features()] }
}

describe('files with other field descriptions', () => {
  test('a file with other widths and another order of subfields is read', () => {
    const layouts = {
      SG2D: '2500;&   \x1f*XCOO!YCOO\x1f(2b24)',
      FRID: '1600;&   \x1fRCNM!RCID!OBJL!PRIM!RVER!RUIN\x1f(b12,b14,b14,b11,b14,b12)',
      ATTF: '2600;&   \x1f*ATTL!ATVL\x1f(b14,A)',
    }
    const identifier: FieldBytes = ['FRID', numbers([100, 2], [7, 4], [75, 4], [1, 1], [1, 4], [1, 2])]
    const point: FieldBytes = ['SG2D', numbers([-300_000_000, 4], [450_000_000, 4])]
    const attributes: FieldBytes = ['ATTF', Buffer.concat([numbers([116, 4]), Buffer.from('Höhe\x1f', 'latin1')])]
    const { cell, features } = read(
      isoFile(
        [
          [vrid(110, 1), point],
          [identifier, attributes, fspt([110, 1])],
        ],
        { layouts },
      ),
    )
    assert.equal(features[0]?.recordId, 7)
    assert.equal(features[0]?.objectClass, 75)
    assert.deepEqual(geoJsonOf(features[0]!), { type: 'Point', coordinates: [-30, 45] })
    assert.deepEqual([...features[0].attributes.entries()], [['OBJNAM', 'Höhe']])
    assert.deepEqual(cell.warnings.slice(1), [])
  })

  test('a field without a description is read in the standard layout', () => {
    const { features } = read(
      isoFile(
        [
          [vrid(110, 1), sg2d([-30, 45])],
          [frid(1, 1, 75), fspt([110, 1])],
        ],
        { layouts: { FSPT: null } },
      ),
    )
    assert.deepEqual(geoJsonOf(features[0]!), { type: 'Point', coordinates: [-30, 45] })
  })

  test('a list in several fields is read as one', () => {
    const nodes = [
      [vrid(120, 1), sg2d([-30, 45])],
      [vrid(120, 2), sg2d([-29, 45])],
    ]
    const pointer = (end: number): FieldBytes => ['VRPT', numbers([120, 1], [end, 4], [255, 1], [255, 1], [end, 1], [255, 1])]
    const edge = [vrid(130, 1), pointer(1), pointer(2), sg2d([-29.8, 45.1]), sg2d([-29.6, 45.1]), sg2d([-29.4, 45.1])]
    const { features } = read(isoFile([...nodes, edge, [frid(1, 2, 42), fspt([130, 1])]]))
    assert.deepEqual(geoJsonOf(features[0]!), {
      type: 'LineString',
      coordinates: [
        [-30, 45],
        [-29.8, 45.1],
        [-29.6, 45.1],
        [-29.4, 45.1],
        [-29, 45],
      ],
    })
  })

  const refused: { what: string; layout: Record<string, string>; message: RegExp }[] = [
    {
      what: 'lacks a required subfield',
      layout: { FSPT: '2600;&   \x1f*ORNT!USAG\x1f(2b11)' },
      message: /FSPT: .*without its subfield NAME/,
    },
    {
      what: 'uses the ASCII implementation',
      layout: { VRID: '1600;&   \x1fRCNM!RCID\x1f(A(2),I(10))' },
      message: /RCNM is stored as text/,
    },
    {
      what: 'has unknown formats',
      layout: { VRID: '1600;&   \x1fRCNM!RCID\x1f(b13,Q)' },
      message: /VRID: the format controls "\(b13,Q\)"/,
    },
    {
      what: 'has fewer formats than subfields',
      layout: { VRID: '1600;&   \x1fRCNM!RCID\x1f(b11)' },
      message: /2 subfields but only 1 formats/,
    },
    {
      what: 'repeats formats without end',
      layout: { VRID: '1600;&   \x1fRCNM\x1f(9999(9999(9999b11)))' },
      message: /format controls/,
    },
    {
      what: 'nests formats without end',
      layout: { VRID: `1600;&   \x1fRCNM\x1f${'('.repeat(900)}b11${')'.repeat(900)}` },
      message: /format controls/,
    },
  ]
  for (const { what, layout, message } of refused) {
    test(`a file that ${what} is refused`, () => {
      assert.throws(
        () => read(isoFile([], { layouts: layout })),
        (error) => error instanceof S57Error && error.record === 'record 1' && message.test(error.message),
      )
    })
  }
})
