import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CellPermit, createPermitCipher, formatCellPermit, parseCellPermit, permitState } from './cell-permit.ts'

const example = 'NO4D061320000830BEB9BFE3C7C6CE68B16411FD09F96982795C77B204F54D48'
const cipher = createPermitCipher('12348')

function read(text: string): CellPermit {
  const result = parseCellPermit(text, cipher)
  assert.ok(result.ok, result.ok ? '' : result.failure.message)
  return result.permit
}

test('the worked example of S-63', () => {
  const permit = read(example)
  assert.equal(permit.cell, 'NO4D0613')
  assert.equal(permit.expires, '2000-08-30')
  assert.deepEqual(
    permit.keys.map((key) => key.toString('hex').toUpperCase()),
    ['C1CB518E9C', '421571CC66'],
  )
  assert.equal(formatCellPermit(permit, cipher), example)
})

test('what was made is read again, by its own installation only', () => {
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

test('one wrong character anywhere is noticed', () => {
  for (let i = 0; i < example.length; i++) {
    const digit = example[i] === '1' ? '2' : '1'
    const result = parseCellPermit(example.slice(0, i) + digit + example.slice(i + 1), cipher)
    assert.ok(!result.ok, `character ${i + 1}`)
    assert.match(result.failure.message, i < 48 ? /the permit of|last day/ : /checksum/)
  }
})

const bad: [what: string, text: string, message: RegExp][] = [
  ['cut', example.slice(0, 60), /it has 60 characters instead of 64/],
  ['no hexadecimal digit', `${example.slice(0, 20)}x${example.slice(21)}`, /character 21 is no hexadecimal digit/],
  ['a name with a blank', ` ${example.slice(1)}`, /does not begin with a cell name/],
  ['no date', `${example.slice(0, 8)}x${example.slice(9)}`, /no date of eight digits/],
  ['a day that does not exist', `${example.slice(0, 8)}20000230${example.slice(16)}`, /last day 20000230; a date YYYYMMDD/],
]
for (const [what, text, message] of bad) {
  test(`${what} is told`, () => {
    const result = parseCellPermit(text, cipher)
    assert.ok(!result.ok && result.failure.reason === 'permit-format')
    assert.match(result.failure.message, message)
  })
}

test('a licence holds through its last day and warns for thirty', () => {
  const permit = { expires: '2026-03-31' }
  assert.equal(permitState(permit, '2026-03-01'), 'valid')
  assert.equal(permitState(permit, '2026-03-02'), 'expiring')
  assert.equal(permitState(permit, '2026-03-31'), 'expiring')
  assert.equal(permitState(permit, '2026-04-01'), 'expired')
})
