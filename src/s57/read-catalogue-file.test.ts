import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { encodeRecord } from '#iso8211/encode-record.ts'
import { type CatalogueFile, readCatalogueFile } from './read-catalogue-file.ts'
import { S57Error } from './s57-error.ts'
import { catalogueDescription } from './writer/descriptive-record.ts'
import { writeCatalogueFile } from './writer/write-catalogue-file.ts'
import { writeCell } from './writer/write-cell.ts'

const read = (bytes: Uint8Array): CatalogueFile => readCatalogueFile({ name: 'CATALOG.031', bytes })

/** A record with the texts after RCNM and RCID: FILE, LFIL, VOLM, IMPL with SLAT, WLON, NLAT, ELON, CRCS, COMT. */
function record(number: number, texts: readonly string[]): Buffer {
  return encodeRecord('data', [
    { tag: '0001', data: Buffer.from(String(number).padStart(5, '0')) },
    { tag: 'CATD', data: Buffer.from(`CD${String(number).padStart(10, '0')}${texts.join('\x1f')}`, 'latin1') },
  ])
}
const cell = (path: string, checksum = '', comment = '') => [
  path,
  'A name',
  'V01X01',
  'BIN40',
  '-30',
  '41',
  '-29',
  checksum,
  comment,
  '',
]
const catalogue = (...rows: readonly string[][]) =>
  Buffer.concat([catalogueDescription(), ...rows.map((row, i) => record(i, row))])
const message = (bytes: Uint8Array): string => {
  try {
    read(bytes)
  } catch (error) {
    assert.ok(error instanceof S57Error)
    return error.message
  }
  return assert.fail('it was read')
}

test('a written catalogue is read', () => {
  const bytes = Buffer.from('a chart')
  const written = writeCatalogueFile([
    { path: 'XX5DEMO1/XX5DEMO1.000', bytes, longName: 'Demo B\u00e6y', box: [-30.5, 40, -30, 40.25] },
    { path: 'README.TXT', bytes: Buffer.alloc(0), longName: '', box: null },
  ])
  const { entries, warnings } = read(written)
  assert.deepEqual(warnings, [])
  assert.deepEqual(
    entries.map(({ path, implementation }) => `${implementation} ${path}`),
    ['ASC CATALOG.031', 'BIN XX5DEMO1/XX5DEMO1.000', 'TXT README.TXT'],
  )
  assert.deepEqual(entries[1], {
    path: 'XX5DEMO1/XX5DEMO1.000',
    longName: 'Demo B\u00e6y',
    volume: 'V01X01',
    implementation: 'BIN',
    box: [-30.5, 40, -30, 40.25],
    checksum: crc32(bytes),
    comment: '',
    edition: null,
  })
  assert.equal(entries[0]?.checksum, null)
  assert.equal(entries[2]?.box, null)
})

test('checksums are equal with and without leading zeros', () => {
  const bytes = Buffer.from('17')
  const full = crc32(bytes).toString(16).toUpperCase().padStart(8, '0')
  const [whole, dropped, short, none] = read(
    catalogue(cell('A', `0000${full}`.slice(-8)), cell('B', full.replace(/^0+/, '')), cell('C', 'B9F1186'), cell('D')),
  ).entries
  assert.equal(whole?.checksum, crc32(bytes))
  assert.equal(dropped?.checksum, crc32(bytes))
  assert.equal(short?.checksum, 0x0b9f1186)
  assert.equal(none?.checksum, null)
})

test('edition, update and dates are read from the comment', () => {
  const edition = (comment: string) => read(catalogue(cell('A', '', comment))).entries[0]?.edition
  assert.deepEqual(edition('VERSION=1.0,EDTN=9,UPDN=0,UADT=20210626,ISDT=20210627;'), {
    edition: 9,
    updateNumber: 0,
    updateApplicationDate: '2021-06-26',
    issueDate: '2021-06-27',
  })
  assert.deepEqual(edition('VERSION=1.0,EDTN=9,UPDN=12,ISDT=20210627;'), {
    edition: 9,
    updateNumber: 12,
    updateApplicationDate: null,
    issueDate: '2021-06-27',
  })
  for (const comment of ['', '03.1', 'EDTN=9', 'XEDTN=9,UPDN=1']) assert.equal(edition(comment), null, comment)
})

describe('faults of real catalogues', () => {
  test('an invalid implementation, checksum or box is tolerated', () => {
    const { entries, warnings } = read(
      catalogue(
        ['A.TIF', '', 'V01X01', '\x00?\xff', '', '', '', 'nonsense', '', ''],
        ['B', '', 'V01X01', 'BIN95', '1', '2', '3', '', '', ''],
      ),
    )
    assert.deepEqual(
      entries.map(({ path, checksum, box }) => [path, checksum, box]),
      [
        ['A.TIF', null, null],
        ['B', null, null],
      ],
    )
    assert.deepEqual(warnings, ['CATALOG.031, record 2: CRCS is "nonsense"; hexadecimal digits are accepted'])
  })

  test('paths in any spelling are normalised and never leave the set', () => {
    const given = [
      'GB\\GB301910\\9\\0\\GB301910.000',
      'ENC_ROOT/A.000',
      '\\B.000',
      'C:\\C.000',
      '.\\D.000',
      '..\\..\\etc\\passwd',
      'X\\..\\..\\Y',
    ]
    const { entries, warnings } = read(catalogue(...given.map((path) => cell(path))))
    assert.deepEqual(
      entries.map(({ path }) => path),
      ['GB/GB301910/9/0/GB301910.000', 'A.000', 'B.000', 'C.000', 'D.000'],
    )
    assert.equal(warnings.length, 2)
    assert.match(warnings[0]!, /record 7 was passed over: the path "\.\.\\\\\.\.\\\\etc\\\\passwd" leads out of the set/)
  })

  test('missing last subfields are tolerated', () => {
    assert.deepEqual(read(catalogue(['README.TXT', '', 'V01X01', 'TXT'])).entries[0]?.path, 'README.TXT')
  })

  test('a record with a wrong length is skipped alone', () => {
    for (const length of ['00010', '00090', '00140', '09999', '99999', 'xxxxx']) {
      const bytes = catalogue(cell('A'), cell('B'), cell('C'), cell('D'))
      const at = catalogueDescription().length + record(0, cell('A')).length
      bytes.write(length, at, 'latin1')
      const { entries, warnings } = read(bytes)
      const paths = entries.map(({ path }) => path)
      assert.deepEqual([paths[0], paths.at(-1)], ['A', 'D'], length)
      assert.ok(paths.includes('C'), `${length}: ${paths.join()}`)
      assert.ok(warnings.length > 0)
    }
  })

  test('a truncated catalogue returns the records before the cut', () => {
    const whole = catalogue(cell('A'), cell('B'), cell('C'))
    const first = catalogueDescription().length + record(0, cell('A')).length
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length)
      if (length < first) assert.match(message(cut), /^CATALOG\.031, record \d+, \w+: /)
      else assert.equal(read(cut).entries[0]?.path, 'A')
    }
  })
})

test('a file with too many false record starts is refused', () => {
  const sound = catalogue(cell('A'))
  const { entries, warnings } = read(Buffer.concat([sound, Buffer.from('\x1e00100 D     '.repeat(5000))]))
  assert.equal(entries.length, 1)
  assert.equal(warnings.length, 101)
  const few = read(Buffer.concat([sound, Buffer.from('\x1e00100 D     '.repeat(50))]))
  assert.ok(few.warnings.length <= 52, String(few.warnings.length))
})

test('a chart is refused as a catalogue', () => {
  assert.match(message(writeCell({ name: 'XX5DEMO1', features: [] })), /record 2, DSID: this is a chart, not the catalogue/)
  assert.match(message(catalogueDescription()), /record 1, CATD: the file lists nothing/)
  assert.match(message(Buffer.from('hello')), /leader/)
})
