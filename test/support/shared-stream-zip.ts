import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'

export interface SharedStreamEntry {
  name: string
  /** Number of the stream that the entry points at. */
  stream: number
  comment?: string
}

/** A zip whose directory points with any number of entries at one compressed stream (APPNOTE.TXT 4.3). */
export function sharedStreamZip(streams: readonly Uint8Array[], entries: readonly SharedStreamEntry[]): Buffer {
  let length = 0
  const stored = streams.map((content, i) => {
    const name = Buffer.from(entries.find(({ stream }) => stream === i)?.name ?? '')
    const data = deflateRawSync(content, { level: 1 })
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, data])
    const at = length
    length += local.length
    return { local, fields, at }
  })
  const central = entries.map(({ name, stream, comment = '' }) => {
    const of = stored[stream]
    if (of === undefined) throw new Error(`there is no stream ${stream}`)
    const record = Buffer.alloc(46)
    record.write('PK\x01\x02', 'latin1')
    record.writeUInt16LE(20, 4)
    of.fields.copy(record, 6, 0, 22)
    record.writeUInt16LE(Buffer.byteLength(name), 28)
    record.writeUInt16LE(Buffer.byteLength(comment), 32)
    record.writeUInt32LE(of.at, 42)
    return Buffer.concat([record, Buffer.from(name), Buffer.from(comment)])
  })
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(length, 16)
  return Buffer.concat([...stored.map(({ local }) => local), directory, end])
}
