import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { createBlockCipher, padded } from './blowfish.ts'
import { type CellPermit, createPermitCipher, formatCellPermit, parseCellPermit, permitState } from './cell-permit.ts'

const example = 'NO4D061320000830BEB9BFE3C7C6CE68B16411FD09F96982795C77B204F54D48'
const cipher = createPermitCipher('12348')

function read(text: string): CellPermit {
  const result = parseCellPermit(text, cipher)
  assert.ok(result.ok, result.ok ? '' : result.failure.message)
  return result.permit
}

test('the worked example of S-63 is parsed and formatted', () => {
  const permit = read(example)
  assert.equal(permit.cell, 'NO4D0613')
  assert.equal(permit.expires, '2000-08-30')
  assert.deepEqual(
    permit.keys.map((key) => key.toString('hex').toUpperCase()),
    ['C1CB518E9C', '421571CC66'],
  )
  assert.equal(formatCellPermit(permit, cipher), example)
})

test('the checksum of the worked example is the encrypted CRC-32 of its first 48 characters', () => {
  const checksum = crc32(example.slice(0, 48))
  assert.equal(checksum, 0x2e88_85d5)
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(checksum)
  const block = createBlockCipher(Buffer.from('123481')).encrypt(padded(bytes))
  assert.equal(block.toString('hex').toUpperCase(), example.slice(48))
})

// PERMIT.TXT of the IHO's test data: hardware id 12345, two equal keys per cell.
for (const [permit, cell, key] of [
  ['GB10000120071231517C1E9A4BCF3826517C1E9A4BCF38263A5A80B723886A31', 'GB100001', '363EAB32C6'],
  ['GB10000220071231BBA63203A5992420BBA63203A5992420ED56CD0F5F7390FC', 'GB100002', '494A804F6A'],
  ['GB1000042007123164B51D24FB77ADB364B51D24FB77ADB3EEA2291965966391', 'GB100004', '592CECD934'],
] as const) {
  test(`the permit of ${cell} in the IHO's test data is parsed and formatted`, () => {
    const result = parseCellPermit(permit, createPermitCipher('12345'))
    assert.ok(result.ok, result.ok ? '' : result.failure.message)
    const keys = [Buffer.from(key, 'hex'), Buffer.from(key, 'hex')] as const
    assert.deepEqual(result.permit, { cell, expires: '2007-12-31', keys })
    assert.equal(formatCellPermit(result.permit, createPermitCipher('12345')), permit)
    // The IHO published the same keys with another date.
    const later = formatCellPermit({ ...result.permit, expires: '2012-12-31' }, createPermitCipher('12345'))
    assert.equal(later.slice(0, 48), `${cell}20121231${permit.slice(16, 48)}`)
  })
}

test('a formatted permit is readable only by its own installation', () => {
  const key = fc.uint8Array({ minLength: 5, maxLength: 5 }).map((bytes) => Buffer.from(bytes))
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(day, key, key, (date, first, second) => {
      const permit = { cell: 'XX5DEMO1', expires: date.toISOString().slice(0, 10), keys: [first, second] as const }
      const text = formatCellPermit(permit, cipher)
      assert.deepEqual(read(text), permit)
      const other = parseCellPermit(text, createPermitCipher('12345'))
      assert.ok(!other.ok && other.failure.reason === 'permit-checksum' && other.failure.sse === 'SSE 13')
    }),
    { numRuns: 50 },
  )
})

test('a permit with any character changed is refused', () => {
  for (let i = 0; i < example.length; i++) {
    const digit = example[i] === '1' ? '2' : '1'
    const result = parseCellPermit(example.slice(0, i) + digit + example.slice(i + 1), cipher)
    assert.ok(!result.ok, `character ${i + 1}`)
    assert.match(result.failure.message, i < 48 ? /the permit of/ : /checksum/)
  }
})

const bad: [what: string, text: string, message: RegExp][] = [
  ['four characters missing', example.slice(0, 60), /it has 60 characters instead of 64/],
  ['a letter in place of a digit', `${example.slice(0, 20)}x${example.slice(21)}`, /character 21 is not a hexadecimal digit/],
  ['a blank in the cell name', ` ${example.slice(1)}`, /does not start with a cell name/],
  ['a malformed date', `${example.slice(0, 8)}x${example.slice(9)}`, /not followed by a date of eight digits/],
  [
    '30 February as last day',
    `${example.slice(0, 8)}20000230${example.slice(16)}`,
    /invalid last day, 20000230; expected a date/,
  ],
]
for (const [what, text, message] of bad) {
  test(`a permit with ${what} is refused with the reason`, () => {
    const result = parseCellPermit(text, cipher)
    assert.ok(!result.ok && result.failure.reason === 'permit-format')
    assert.match(result.failure.message, message)
  })
}

test('a licence is valid through its last day and expiring for thirty days', () => {
  const permit = { expires: '2026-03-31' }
  assert.equal(permitState(permit, '2026-03-01'), 'valid')
  assert.equal(permitState(permit, '2026-03-02'), 'expiring')
  assert.equal(permitState(permit, '2026-03-31'), 'expiring')
  assert.equal(permitState(permit, '2026-04-01'), 'expired')
})
