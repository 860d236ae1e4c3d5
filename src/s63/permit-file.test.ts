import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { createPermitCipher, formatCellPermit } from './cell-permit.ts'
import { isPermitFile, parseInSteps, parsePermitFile } from './permit-file.ts'
import { writePermitFile } from './writer/write-permit-file.ts'

const cipher = createPermitCipher('12348')
const example = 'NO4D061320000830BEB9BFE3C7C6CE68B16411FD09F96982795C77B204F54D48'
const parse = (text: string) => parsePermitFile(Buffer.from(text, 'latin1'), cipher)
const problemsOf = (text: string) => parse(text).problems.map(({ line, failure }) => `${line}: ${failure.message}`)

test('a permit file with both sections is parsed', () => {
  const keys = [Buffer.from('0102030405', 'hex'), Buffer.from('a1a2a3a4a5', 'hex')] as const
  const file = parsePermitFile(
    writePermitFile('12348', {
      date: '20260101 08:30',
      enc: [{ cell: 'XX5DEMO1', expires: '2026-12-31', keys, edition: 3, dataServer: 'GB', comment: 'one, two' }],
      ecs: [{ cell: 'XX5DEMO2', expires: '2026-06-30', keys, singlePurchase: true }],
    }),
    cipher,
  )
  assert.deepEqual(file, {
    date: '2026-01-01 08:30',
    version: 2,
    permits: [
      {
        cell: 'XX5DEMO1',
        expires: '2026-12-31',
        keys,
        line: 4,
        section: 'ENC',
        singlePurchase: false,
        edition: 3,
        dataServer: 'GB',
        comment: 'one, two',
      },
      {
        cell: 'XX5DEMO2',
        expires: '2026-06-30',
        keys,
        line: 6,
        section: 'ECS',
        singlePurchase: true,
        edition: null,
        dataServer: 'XX',
        comment: '',
      },
    ],
    problems: [],
  })
})

test("PERMIT.TXT of the IHO's test data is parsed", () => {
  const text = [
    ':DATE 20071023 10:20',
    ':VERSION 2',
    ':ENC',
    'GB10000120071231517C1E9A4BCF3826517C1E9A4BCF38263A5A80B723886A31,0,1,GB,',
    'GB10000220071231BBA63203A5992420BBA63203A5992420ED56CD0F5F7390FC,1,0,GB,',
    'GB1000042007123164B51D24FB77ADB364B51D24FB77ADB3EEA2291965966391,0,,GB,',
    ':ECS',
  ].join('\r\n')
  const file = parsePermitFile(Buffer.from(text), createPermitCipher('12345'))
  assert.deepEqual([file.date, file.version, file.problems], ['2007-10-23 10:20', 2, []])
  assert.deepEqual(
    file.permits.map(({ cell, keys, edition, singlePurchase }) => [cell, keys[0].toString('hex'), edition, singlePurchase]),
    [
      ['GB100001', '363eab32c6', 1, false],
      ['GB100002', '494a804f6a', 0, true],
      ['GB100004', '592cecd934', null, false],
    ],
  )
})

test('a permit without headings is parsed despite a byte order mark, blanks and a control-Z', () => {
  const file = parse(`\u00ef\u00bb\u00bf\n  ${example}  \r\n\x1a`)
  assert.deepEqual([file.permits.length, file.permits[0]?.line, file.permits[0]?.singlePurchase, file.problems], [1, 2, null, []])
})

test('invalid lines are reported by number, and the others are used', () => {
  const text = [
    ':DATE 2008',
    ':VERSION two',
    ':NEWS',
    ':ENC',
    `${example.slice(0, 50)},0,1,GB,`,
    `${example},0,1,GB,`,
    `${example},7,1,GB,`,
    `${example},0,x,GB,`,
  ].join('\n')
  assert.equal(parse(text).permits.length, 1)
  assert.deepEqual(problemsOf(text), [
    '1: :DATE is "2008"; expected a date as YYYYMMDD and a time',
    '2: :VERSION is "two"; expected a whole number',
    '3: the line ":NEWS" is unknown; expected :DATE, :VERSION, :ENC or :ECS',
    '5: the cell permit is damaged: it has 50 characters instead of 64',
    '7: the service level of NO4D0613 is "7"; expected 0 (subscription) or 1 (single purchase)',
    '8: the edition of NO4D0613 is "x"; expected a whole number or nothing',
  ])
})

test('a file without permits is reported', () => {
  assert.deepEqual(problemsOf(''), ['1: the permit file contains no permits'])
  assert.deepEqual(problemsOf(':DATE 20260101\n:ENC\n:ECS\n'), ['1: the permit file contains no permits'])
})

test('at most 100 problems are kept, and the last counts the rest', () => {
  const problems = problemsOf('nonsense\n'.repeat(5000))
  assert.equal(problems.length, 100)
  assert.equal(problems[99], '99: ... and 4901 more invalid lines')
})

test('a permit file in UTF-16 is read in either byte order, with and without a byte order mark', () => {
  const text = `:DATE 20260101\r\n:ENC\r\n${example},0,1,GB,\r\n`
  for (const mark of ['\ufeff', '']) {
    const little = Buffer.from(mark + text, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16(), Buffer.concat([little, Buffer.from('\x1a')])]) {
      assert.ok(isPermitFile(bytes))
      const { permits, problems } = parsePermitFile(bytes, cipher)
      assert.deepEqual([permits.map(({ cell }) => cell), problems], [['NO4D0613'], []])
    }
  }
})

test('a large permit file is parsed in steps of 200 lines, blank ones included', () => {
  const bytes = Buffer.from(`:ENC\n${`${example},0,1,GB,\n\n`.repeat(500)}`)
  assert.equal([...parseInSteps(bytes, cipher)].length, 5)
  assert.equal(parsePermitFile(bytes, cipher).permits.length, 500)
})

test('isPermitFile distinguishes permit files from charts, zips and truncated permits', () => {
  assert.ok(isPermitFile(Buffer.from(':DATE 20260101\r\n')))
  assert.ok(isPermitFile(Buffer.from(`\r\n${example},0,1,GB,\r\n`)))
  assert.ok(!isPermitFile(Buffer.from('010823LE1 0900058')))
  assert.ok(!isPermitFile(Buffer.from('PK\x03\x04')))
  assert.ok(
    !isPermitFile(
      Buffer.from(
        formatCellPermit({ cell: 'XX5DEMO1', expires: '2026-01-01', keys: [Buffer.alloc(5), Buffer.alloc(5)] }, cipher).slice(
          0,
          40,
        ),
      ),
    ),
  )
})
