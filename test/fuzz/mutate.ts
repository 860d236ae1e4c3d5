import { Buffer } from 'node:buffer'
import { encodeRecord } from '#iso8211/encode-record.ts'

/** Picks a whole number from 0 up to, not including, `limit`. */
export type Pick = (limit: number) => number

export const MUTATIONS = [
  'flip byte',
  'set byte',
  'set number',
  'cut end',
  'cut out',
  'repeat',
  'splice',
  'change digit',
  'swap fields',
  'duplicate record',
  'delete record',
  'swap records',
  'rewrite field',
] as const
export type Mutation = (typeof MUTATIONS)[number]

interface Span {
  start: number
  end: number
}

/** Returns the spans of the records of an ISO 8211 file, by the lengths in their leaders; one span for any other file. */
function recordsOf(bytes: Buffer): Span[] {
  const spans: Span[] = []
  let start = 0
  while (start + 24 <= bytes.length) {
    const length = Number(bytes.toString('latin1', start, start + 5))
    if (!Number.isInteger(length) || length < 24 || start + length > bytes.length) break
    spans.push({ start, end: start + length })
    start += length
  }
  return spans.length === 0 ? [{ start: 0, end: bytes.length }] : spans
}

/** Returns the spans of the directory entries of a record and of their fields. */
function fieldsOf(bytes: Buffer, record: Span): { entry: Span; tag: string; data: Span }[] {
  const digits = (at: number, size: number) => Number(bytes.toString('latin1', at, at + size))
  const base = digits(record.start + 12, 5)
  const [lengthSize, positionSize] = [digits(record.start + 20, 1), digits(record.start + 21, 1)]
  const size = 4 + lengthSize + positionSize
  if (!(size > 4 && base > 24 && record.start + base <= record.end)) return []
  const fields: ReturnType<typeof fieldsOf> = []
  for (let at = record.start + 24; at + size < record.start + base; at += size) {
    const start = record.start + base + digits(at + 4 + lengthSize, positionSize)
    const end = start + digits(at + 4, lengthSize)
    if (!(start < end && end <= record.end)) return []
    fields.push({ entry: { start: at, end: at + size }, tag: bytes.toString('latin1', at, at + 4), data: { start, end } })
  }
  return fields
}

/**
 * Returns a copy of `bytes` with one change. `sweep` is the number of earlier flips of this file, so that every byte is flipped in
 * turn. `others` are files from which pieces are spliced in.
 */
export function mutate(bytes: Buffer, mutation: Mutation, pick: Pick, sweep: number, others: readonly Buffer[]): Buffer {
  if (bytes.length === 0) return bytes
  const copy = Buffer.from(bytes)
  const at = pick(copy.length)
  const span = 1 + pick(Math.min(copy.length - at, pick(4) === 0 ? 4000 : 40))
  const records = recordsOf(copy)
  const record = records[pick(records.length)]!
  const other = records[pick(records.length)]!
  const part = ({ start, end }: Span) => copy.subarray(start, end)
  switch (mutation) {
    case 'flip byte': {
      const place = sweep % copy.length
      copy[place] = copy[place]! ^ (Math.floor(sweep / copy.length) % 2 === 0 ? 1 << pick(8) : 0xff)
      return copy
    }
    case 'set byte':
      copy[at] = pick(256)
      return copy
    case 'set number': {
      const value = [0, 1, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, pick(0x1_0000)][pick(8)]!
      if (at + 4 <= copy.length) copy.writeUInt32LE(value, at)
      return copy
    }
    case 'cut end':
      return copy.subarray(0, at)
    case 'cut out':
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + span)])
    case 'repeat': {
      const times = pick(8) === 0 ? 1 + pick(200) : 1
      const piece = copy.subarray(at, at + span)
      return Buffer.concat([copy.subarray(0, at), ...Array.from({ length: times }, () => piece), copy.subarray(at)])
    }
    case 'splice': {
      const from = others[pick(others.length)]!
      const start = pick(from.length)
      return Buffer.concat([copy.subarray(0, at), from.subarray(start, start + span), copy.subarray(at + pick(span))])
    }
    case 'change digit': {
      // Only in the leader and the directory, whose lengths, positions and sizes control all reading.
      const head = Math.min(record.end - record.start, 24 + pick(80))
      const place = record.start + pick(head)
      if (copy[place]! >= 0x30 && copy[place]! <= 0x39) copy[place] = 0x30 + pick(10)
      else copy.write(['9', '0', ' ', '-', 'A'][pick(5)]!, place, 'latin1')
      return copy
    }
    case 'swap fields': {
      const fields = fieldsOf(copy, record)
      if (fields.length < 2) return copy
      const [a, b] = [fields[pick(fields.length)]!, fields[pick(fields.length)]!]
      // Swaps whole entries, which changes the order, or only tags, so that each field is read as the other.
      const width = pick(2) === 0 ? 4 : a.entry.end - a.entry.start
      const first = Buffer.from(copy.subarray(a.entry.start, a.entry.start + width))
      copy.copyWithin(a.entry.start, b.entry.start, b.entry.start + width)
      first.copy(copy, b.entry.start)
      return copy
    }
    case 'duplicate record': {
      const times = pick(20) === 0 ? 1 + pick(100) : 1
      return Buffer.concat([
        copy.subarray(0, record.end),
        ...Array.from({ length: times }, () => part(record)),
        copy.subarray(record.end),
      ])
    }
    case 'delete record':
      return Buffer.concat([copy.subarray(0, record.start), copy.subarray(record.end)])
    case 'swap records': {
      const [first, second] = record.start <= other.start ? [record, other] : [other, record]
      if (first === second) return copy
      return Buffer.concat([
        copy.subarray(0, first.start),
        part(second),
        copy.subarray(first.end, second.start),
        part(first),
        copy.subarray(second.end),
      ])
    }
    case 'rewrite field': {
      // Encodes the record again around the changed field, so that the lengths are consistent and the change gets past their checks.
      const fields = fieldsOf(copy, record)
      const changed = fields[pick(Math.max(fields.length, 1))]
      if (changed === undefined) return copy
      const data = fields.map((field) => {
        const content = Buffer.from(copy.subarray(field.data.start, field.data.end - 1))
        return { tag: field.tag, data: field === changed ? changedContent(content, pick) : content }
      })
      const made = encodeRecord(copy[record.start + 6] === 0x4c ? 'descriptive' : 'data', data)
      return Buffer.concat([copy.subarray(0, record.start), made, copy.subarray(record.end)])
    }
  }
}

function changedContent(content: Buffer, pick: Pick): Buffer {
  const at = pick(content.length + 1)
  switch (pick(5)) {
    case 0:
      return content.subarray(0, at)
    case 1:
      return Buffer.concat(Array.from({ length: 2 + pick(pick(10) === 0 ? 300 : 4) }, () => content))
    case 2:
      return Buffer.concat([content, Buffer.from(Array.from({ length: 1 + pick(40) }, () => pick(256)))])
    case 3:
      return Buffer.alloc(content.length, [0, 0xff, 0x1f, 0x20][pick(4)]!)
    default:
      if (at < content.length) content[at] = pick(256)
      return content
  }
}
