import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Cell, readCell } from '#s57/read-cell.ts'
import { S57Error } from '#s57/s57-error.ts'
import type { VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { encodeDataSet } from '#s57/writer/encode-data-set.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { sampleCell, sampleUpdate } from '#test/cells.ts'
import { seededRandom } from './invented-cells.ts'
import { type FieldBytes, frid, fspt, isoFile, numbers, sg2d, vrid } from './iso8211-file.ts'

const read = (bytes: Uint8Array): Cell => readCell({ name: 'FILE.000', bytes })

function readAll(bytes: Uint8Array, updates: Uint8Array[] = []): Cell {
  const cell = readCell(
    { name: 'FILE.000', bytes },
    updates.map((update, i) => ({ name: `FILE.00${i + 1}`, bytes: update })),
  )
  for (const feature of cell.features()) assert.ok(feature.recordId >= 0)
  return cell
}

/** Assembles every feature without keeping any. */
function countFeatures(cell: Cell): number {
  let count = 0
  for (const _ of cell.features()) count++
  return count
}

/** Returns the error that reading throws; fails without one. */
function errorOf(work: () => unknown): S57Error {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof S57Error, `not an S57Error: ${String(error)}`)
    return error
  }
  return assert.fail('nothing was thrown')
}

describe('truncated files', () => {
  test('a base file truncated at any byte is refused with file, record and field', () => {
    const whole = sampleCell()
    for (let length = 0; length < whole.length; length++) {
      const error = errorOf(() => read(whole.subarray(0, length)))
      assert.equal(error.file, 'FILE.000')
      assert.ok(error.record !== null && error.field !== null, `cut at ${length}: ${error.message}`)
      assert.ok(error.message.startsWith(`FILE.000, ${error.record}, ${error.field}: `))
    }
    assert.equal(read(whole).featureCount, 9)
  })

  test('an update truncated at any byte is refused with file, record and field', () => {
    const whole = sampleUpdate()
    const base = sampleCell()
    for (let length = 0; length < whole.length; length++) {
      const error = errorOf(() => readAll(base, [whole.subarray(0, length)]))
      assert.equal(error.file, 'FILE.001')
      assert.ok(error.record !== null && error.field !== null, `cut at ${length}: ${error.message}`)
    }
  })
})

describe('files with wrong bytes', () => {
  test('a file with any wrong bytes is read or refused with an S57Error', () => {
    const random = seededRandom(57)
    const base = sampleCell()
    const update = sampleUpdate()
    let refused = 0
    for (let round = 0; round < 6000; round++) {
      const bytes = Buffer.from(round % 4 === 0 ? update : base)
      const flips = 1 + Math.floor(random() * 4)
      for (let i = 0; i < flips; i++) {
        const at = Math.floor(random() * bytes.length)
        bytes[at] = random() < 0.5 ? bytes[at]! ^ (1 << Math.floor(random() * 8)) : Math.floor(random() * 256)
      }
      try {
        if (round % 4 === 0) readAll(base, [bytes])
        else readAll(bytes)
      } catch (error) {
        assert.ok(error instanceof S57Error, `round ${round}: ${error instanceof Error ? error.stack : String(error)}`)
        refused++
      }
    }
    assert.ok(refused > 1000 && refused < 6000, `${refused} of 6000 were refused`)
  })

  test('a position beyond the poles is never returned', () => {
    const bytes = isoFile([
      [vrid(110, 1), sg2d([-30, 95])],
      [vrid(110, 2), sg2d([-30, 45])],
      [frid(1, 1, 75), fspt([110, 1])],
    ])
    const cell = read(bytes)
    assert.equal([...cell.features()][0]?.geometry, null)
    assert.match(cell.warnings.join('\n'), /isolated node 1 was left out: it has a position that is not on the earth/)
  })
})

describe('inconsistent lengths', () => {
  /** A file whose record 4 (55 bytes) begins at `record`, with some of its bytes changed. */
  const tamper = (change: (bytes: Buffer, record: number) => void): Buffer => {
    const head = isoFile([]).length
    const bytes = isoFile([
      [vrid(110, 1), sg2d([-30, 45])],
      [frid(1, 1, 75), fspt([110, 1])],
    ])
    change(bytes, head)
    return bytes
  }
  const cases: { what: string; change: (bytes: Buffer, record: number) => void; message: RegExp }[] = [
    { what: 'a record longer than the file', change: (b, r) => b.write('99999', r), message: /record 4, leader: .*99999/ },
    { what: 'a record shorter than its leader', change: (b, r) => b.write('00010', r), message: /cannot have its first field/ },
    {
      what: 'a base address inside the leader',
      change: (b, r) => b.write('00012', r + 12),
      message: /directory cannot end at byte 12/,
    },
    {
      what: 'a base address beyond the file',
      change: (b, r) => b.write('99999', r + 12),
      message: /record 4, (leader|directory)/,
    },
    { what: 'a letter in a length', change: (b, r) => b.write('x', r + 2), message: /expected a number but found "00x/ },
    { what: 'entry sizes of zero', change: (b, r) => b.write('00', r + 20), message: /no digits/ },
    { what: 'a tag size of 3', change: (b, r) => b.write('3', r + 23), message: /tags of 3 characters; S-57 has tags of 4/ },
    {
      what: 'a field longer than its record',
      change: (b, r) => b.write('00054', r),
      message: /SG2D: the record ends 1 byte before/,
    },
    {
      what: 'a record with overlapping fields',
      change: (b, r) => b.write('FSPT1309', r + 55 + 32),
      message: /record 5, FSPT: the fields of the record overlap/,
    },
  ]
  for (const { what, change, message } of cases) {
    test(`${what} is refused`, () => assert.match(errorOf(() => read(tamper(change))).message, message))
  }

  test('a list whose size is not a multiple of its entry size is refused', () => {
    const bytes = isoFile([[vrid(110, 1), ['SG2D', numbers([1, 4], [1, 4], [1, 1])]]])
    assert.match(
      errorOf(() => read(bytes)).message,
      /record 4, SG2D: the field has 9 bytes, which is not a multiple of the 8 bytes/,
    )
  })

  test('an identifier that is too short is refused', () => {
    assert.match(
      errorOf(() => read(isoFile([[['FRID', numbers([100, 1], [1, 4])]]]))).message,
      /FRID: the field has 5 bytes instead of 12/,
    )
  })

  test('an attribute truncated in its code is refused', () => {
    const bytes = isoFile([[frid(1, 255, 75), ['ATTF', Buffer.from([9])]]])
    assert.match(errorOf(() => read(bytes)).message, /record 4, ATTF: the field ends inside the code/)
  })
})

describe('files that need far more memory or time than their size', () => {
  const corners = Array.from({ length: 5000 }, (_, i) => [-30 + i * 1e-4, 45 + (i % 7) * 1e-4] as const)
  const edge: FieldBytes[] = [
    vrid(130, 1),
    [
      'VRPT',
      numbers(
        ...[1, 2].flatMap(
          (end) =>
            [
              [120, 1],
              [end, 4],
              [255, 1],
              [255, 1],
              [end, 1],
              [255, 1],
            ] as const,
        ),
      ),
    ],
    sg2d(...corners),
  ]
  const nodes = [
    [vrid(120, 1), sg2d([-31, 45])],
    [vrid(120, 2), sg2d([-29, 45])],
  ]

  test('a feature that uses one edge thousands of times gets it twice', () => {
    const pointers = Array.from({ length: 5000 }, () => [130, 1] as const)
    const cell = read(isoFile([...nodes, edge, [frid(1, 2, 42), fspt(...pointers)]]))
    const [feature] = cell.features()
    assert.equal(feature?.geometry?.type, 'MultiLineString')
    assert.equal(feature.geometry.paths.length, 2)
    assert.equal(cell.warnings.length, 101)
    assert.match(cell.warnings[1]!, /the feature uses edge 1 more than 2 times/)
    assert.match(cell.warnings[100]!, /^\.\.\. and \d+ more$/)
  })

  test('a cell with thousands of features on the same long edge is refused', () => {
    const features = Array.from({ length: 4000 }, (_, i) => [frid(i + 1, 2, 42), fspt([130, 1])])
    const cell = read(isoFile([...nodes, edge, ...features]))
    assert.match(
      errorOf(() => countFeatures(cell)).message,
      /FILE\.000, feature \d+, FSPT: its features name the same edges so often/,
    )
  })

  const pointer = Buffer.concat([numbers([550, 2], [123_456_789, 4], [1, 2], [2, 1]), Buffer.from('\x1f')])
  const worst: { what: string; bytes: () => Buffer }[] = [
    {
      what: 'spatial records of the smallest size',
      bytes: () => isoFile(Array.from({ length: 30_000 }, (_, i) => [vrid(110, i)])),
    },
    { what: 'features of the smallest size', bytes: () => isoFile(Array.from({ length: 30_000 }, (_, i) => [frid(i, 255, 75)])) },
    {
      what: 'pointers to features',
      bytes: () => isoFile([[frid(1, 255, 75), ['FFPT', Buffer.concat(Array.from({ length: 150_000 }, () => pointer))]]]),
    },
  ]
  for (const { what, bytes: make } of worst) {
    test(`${what} take at most ten times the memory of the file`, () => {
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void
      const bytes = make()
      collect()
      const before = process.memoryUsage().heapUsed
      const cell = read(bytes)
      collect()
      const used = process.memoryUsage().heapUsed - before
      assert.ok(used > bytes.length / 2, 'otherwise nothing was measured')
      assert.ok(used < 10 * bytes.length, `${used} bytes for a file of ${bytes.length}`)
      assert.ok(countFeatures(cell) >= 0)
    })
  }

  test('an update that edits the same long list thousands of times is refused', () => {
    const random = seededRandom(3)
    const coordinates = Array.from({ length: 60_000 }, () => [-40 + random(), 50 + random()])
    const base = encodeDataSet('base', { name: 'XX5SHIFT' }, { vectors: [{ kind: 110, id: 1, coordinates }], features: [] })
    const vectors = Array.from({ length: 2000 }, (_, i): VectorRecordSpec => {
      const coordinateEdit = { instruction: 1, index: 1, count: 1 } as const
      return { kind: 110, id: 1, instruction: 3, version: i + 2, coordinates: [[-40, 50]], coordinateEdit }
    })
    const update = writeUpdate({ name: 'XX5SHIFT', vectors })
    assert.match(
      errorOf(() => readAll(base, [update])).message,
      /its updates edit the same lists so often that applying them was given up/,
    )
  })
})

describe('unknown content', () => {
  test('an unknown field is skipped with a warning', () => {
    const cell = readAll(
      isoFile([
        [frid(1, 255, 75), ['ZZZZ', Buffer.from('?')]],
        [frid(2, 255, 75), ['ZZZZ', Buffer.from('?')]],
      ]),
    )
    assert.equal(cell.featureCount, 2)
    assert.deepEqual(
      cell.warnings.filter((warning) => warning.includes('ZZZZ')),
      ['FILE.000, record 4: skipped the field ZZZZ; S-57 does not define it'],
    )
  })

  test('an unknown record is skipped with a warning', () => {
    const cell = readAll(isoFile([[['ZZZZ', Buffer.from('?')]], [frid(2, 255, 75)]]))
    assert.equal(cell.featureCount, 1)
    assert.match(cell.warnings.join('\n'), /record 4: skipped the record; S-57 has no record with the fields ZZZZ/)
  })
})

test('a record before the data set identification is refused', () => {
  assert.match(
    errorOf(() => read(isoFile([[frid(1, 255, 75)]], { bare: true }))).message,
    /record 2, DSID: the file does not begin with/,
  )
})
