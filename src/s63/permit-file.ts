import { Buffer } from 'node:buffer'
import type { BlockCipher } from './blowfish.ts'
import { type CellPermit, parseCellPermit } from './cell-permit.ts'
import { type Failure, failed } from './failure.ts'

/** A permit as a permit file lists it. */
export interface ListedPermit extends CellPermit {
  /** Line number in the file, from 1. */
  line: number
  /** `ENC` for official charts, `ECS` for other charts. */
  section: 'ENC' | 'ECS'
  /** True for a single purchase (1), false for a subscription (0), null when the file does not state it. */
  singlePurchase: boolean | null
  /** The edition for which it was issued; null when the file does not state it. It opens later editions too. */
  edition: number | null
  /** The data server that sold it (`GB`, `PM`); may be empty. */
  dataServer: string
  comment: string
}

export interface PermitFile {
  /** When the file was created: `YYYY-MM-DD`, with ` HH:MM` where the file states a time. */
  date: string | null
  version: number | null
  permits: ListedPermit[]
  /** Lines that were skipped, with the reason: at most 100, of which the last counts the rest. */
  problems: { line: number; failure: Failure }[]
}

const mostProblems = 100
/** A line has about 90 bytes, and fewer than 20,000 cells exist worldwide. */
const mostBytes = 16 * 1024 * 1024
/** Lines of one step. The keys of a permit take some 30 microseconds to decrypt. */
const stepLines = 200

/** Whether the bytes look like a permit file: the first line is `:ENC`, `:ECS`, `:DATE`, `:VERSION` or a permit. */
export function isPermitFile(bytes: Uint8Array): boolean {
  const start = textOf(bytes.subarray(0, 512)).trimStart()
  return /^:(DATE|VERSION|ENC|ECS)\b/i.test(start) || /^[0-9A-Z]{8}\d{8}[0-9A-F]{48}(?:[\s,]|$)/i.test(start)
}

/**
 * Parses a PERMIT.TXT (S-63 edition 1.2, clause 4.3.1) or the equivalent `.prm`: `:DATE`, `:VERSION`, then `:ENC` and `:ECS` with
 * one permit per line, followed by service level, edition, data server and comment, separated by commas. Never throws: invalid
 * lines are reported in `problems`, and the others are used. Duplicates are kept in file order.
 */
export function parsePermitFile(bytes: Uint8Array, cipher: BlockCipher): PermitFile {
  const steps = parseInSteps(bytes, cipher)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** `parsePermitFile` in steps of a few milliseconds, because a large file takes seconds. */
export function* parseInSteps(bytes: Uint8Array, cipher: BlockCipher): Generator<void, PermitFile> {
  const file: PermitFile = { date: null, version: null, permits: [], problems: [] }
  let more = 0
  const problem = (line: number, failure: Failure) => {
    if (file.problems.length < mostProblems - 1) file.problems.push({ line, failure })
    else more++
  }
  const format = (line: number, message: string) => problem(line, failed('permit-format', 'SSE 12', message).failure)
  if (bytes.length > mostBytes) {
    format(1, `the permit file has ${bytes.length} bytes; at most ${mostBytes} are accepted`)
    return file
  }

  let section: ListedPermit['section'] | null = null
  let permitLines = 0
  let number = 0
  for (const raw of linesOf(textOf(bytes))) {
    number++
    if (number % stepLines === 0) yield
    const text = raw.trim()
    if (text === '' || text === '\x1a') continue
    if (text.startsWith(':')) {
      const [, keyword = '', value = ''] = /^:(\w*)\s*(.*)$/s.exec(text) ?? []
      switch (keyword.toUpperCase()) {
        case 'DATE':
          file.date = readDate(value)
          if (file.date === null) format(number, `:DATE is ${quote(value)}; expected a date as YYYYMMDD and a time`)
          break
        case 'VERSION':
          file.version = /^\d{1,3}$/.test(value) ? Number(value) : null
          if (file.version === null) format(number, `:VERSION is ${quote(value)}; expected a whole number`)
          break
        case 'ENC':
        case 'ECS':
          section = keyword.toUpperCase() as ListedPermit['section']
          break
        default:
          format(number, `the line ${quote(text)} is unknown; expected :DATE, :VERSION, :ENC or :ECS`)
      }
      continue
    }
    permitLines++
    // Permits copied from a letter have no headings.
    const read = parseLine(text, number, section ?? 'ENC', cipher)
    if (read.ok) file.permits.push(read.permit)
    else problem(number, read.failure)
  }
  if (permitLines === 0) format(1, 'the permit file contains no permits')
  if (more > 0)
    file.problems.push({
      line: file.problems.at(-1)?.line ?? 1,
      failure: failed('permit-format', 'SSE 12', `... and ${more} more invalid lines`).failure,
    })
  return file
}

/** Cuts a text into lines one at a time: a file may have millions of them. */
function* linesOf(text: string): Generator<string> {
  let from = 0
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) {
    yield text.slice(from, index)
    from = index + end.length
  }
  yield text.slice(from)
}

function parseLine(text: string, line: number, section: ListedPermit['section'], cipher: BlockCipher) {
  const fields = text.split(',')
  const [permit = '', level = '', edition = '', dataServer = ''] = fields.slice(0, 4).map((field) => field.trim())
  const read = parseCellPermit(permit, cipher)
  if (!read.ok) return read
  if (!/^[01]?$/.test(level)) {
    return failed(
      'permit-format',
      'SSE 12',
      `the service level of ${read.permit.cell} is ${quote(level)}; expected 0 (subscription) or 1 (single purchase)`,
    )
  }
  if (!/^\d{0,6}$/.test(edition)) {
    return failed(
      'permit-format',
      'SSE 12',
      `the edition of ${read.permit.cell} is ${quote(edition)}; expected a whole number or nothing`,
    )
  }
  const listed: ListedPermit = {
    ...read.permit,
    line,
    section,
    singlePurchase: level === '' ? null : level === '1',
    edition: edition === '' ? null : Number(edition),
    dataServer,
    comment: fields.slice(4).join(',').trim(),
  }
  return { ok: true as const, permit: listed }
}

/** Converts `20080809 11:11` to `2008-08-09 11:11`; the time is optional. */
function readDate(value: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\s+(\d{2}:\d{2})(?::\d{2})?)?$/.exec(value)
  if (match === null) return null
  const [, year, month, day, time] = match
  return `${year}-${month}-${day}${time === undefined ? '' : ` ${time}`}`
}

/** Quotes at most 40 characters of a text. */
const quote = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text)

/** Decodes a permit file, also one that an editor saved in UTF-16, and drops the byte order mark; permits are ASCII. */
function textOf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const [first, second] = file
  const decode = (encoding: string) => new TextDecoder(encoding).decode(file.subarray(0, file.length & ~1))
  if ((first === 0xff && second === 0xfe) || second === 0) return decode('utf-16le')
  if ((first === 0xfe && second === 0xff) || first === 0) return decode('utf-16be')
  return file.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
}
