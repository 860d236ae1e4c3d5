import { Buffer } from 'node:buffer'

// Turns ordinary zips into unusual ones. Offsets follow APPNOTE.TXT (PKWARE), 4.3.

const CENTRAL = Buffer.from('PK\x01\x02', 'latin1')
const LOCAL = Buffer.from('PK\x03\x04', 'latin1')

/** Replaces every `from` in a zip with `to` (Latin 1); both must have the same length. */
export function rewritten(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error(`${to} is not as long as ${from}`)
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')
}

/** Turns the first entry into a symbolic link, as Unix programs store it. */
export function linked(zip: Buffer): Buffer {
  const changed = Buffer.from(zip)
  const entry = changed.indexOf(CENTRAL)
  changed[entry + 5] = 3
  changed.writeUInt32LE((0o120777 << 16) >>> 0, entry + 38)
  return changed
}

/** Marks the first entry as encrypted with a password. */
export function locked(zip: Buffer): Buffer {
  const changed = Buffer.from(zip)
  for (const at of [changed.indexOf(CENTRAL) + 8, changed.indexOf(LOCAL) + 6]) changed[at] = changed[at]! | 1
  return changed
}

/** Says of the first entry that it was compressed by another method. */
export function packedBy(zip: Buffer, method: number): Buffer {
  const changed = Buffer.from(zip)
  changed.writeUInt16LE(method, changed.indexOf(CENTRAL) + 10)
  changed.writeUInt16LE(method, changed.indexOf(LOCAL) + 8)
  return changed
}

/** Clears the flag that names are UTF-8; by the standard they then use code page 437. */
export function withoutUnicodeFlag(zip: Buffer): Buffer {
  const changed = Buffer.from(zip)
  for (const [mark, flags] of [
    [CENTRAL, 9],
    [LOCAL, 7],
  ] as const) {
    for (let at = changed.indexOf(mark); at >= 0; at = changed.indexOf(mark, at + 4)) {
      changed[at + flags] = changed[at + flags]! & ~0x08
    }
  }
  return changed
}

/** Points every entry of the list of contents at the content of the first: one packed piece with many names. */
export function overlapping(zip: Buffer): Buffer {
  const changed = Buffer.from(zip)
  for (let at = changed.indexOf(CENTRAL); at >= 0; at = changed.indexOf(CENTRAL, at + 4)) changed.writeUInt32LE(0, at + 42)
  return changed
}

/** Adds a comment to a zip that has none. */
export function commented(zip: Buffer, comment: Buffer): Buffer {
  const changed = Buffer.concat([zip, comment])
  changed.writeUInt16LE(comment.length, zip.length - 2)
  return changed
}

/** Puts bytes before a zip, as self-extracting archives do. @param isCounted whether the offsets in the zip count from the first of them. */
export function prefixed(zip: Buffer, prefix: Buffer, { isCounted }: { isCounted: boolean }): Buffer {
  const changed = Buffer.concat([prefix, zip])
  if (!isCounted) return changed
  const moved = (at: number) => changed.writeUInt32LE(changed.readUInt32LE(at) + prefix.length, at)
  for (let at = changed.indexOf(CENTRAL); at >= 0; at = changed.indexOf(CENTRAL, at + 4)) moved(at + 42)
  moved(changed.length - 6)
  return changed
}

/** Creates a zip64 with `count` empty files, `0.TXT` and later. */
export function zipOfMany(count: number): Buffer {
  const names = Array.from({ length: count }, (_, i) => Buffer.from(`${i}.TXT`))
  const local = Buffer.alloc(30 + names[0]!.length)
  LOCAL.copy(local)
  local.writeUInt16LE(names[0]!.length, 26)
  names[0]!.copy(local, 30)
  const central = Buffer.concat(
    names.map((name) => {
      const record = Buffer.alloc(46 + name.length)
      CENTRAL.copy(record)
      record.writeUInt16LE(name.length, 28)
      name.copy(record, 46)
      return record
    }),
  )
  const end64 = Buffer.alloc(56)
  end64.write('PK\x06\x06', 'latin1')
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(central.length), 40)
  end64.writeBigUInt64LE(BigInt(local.length), 48)
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07', 'latin1')
  locator.writeBigUInt64LE(BigInt(local.length + central.length), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(0xffff, 8)
  end.writeUInt16LE(0xffff, 10)
  end.writeUInt32LE(0xffffffff, 12)
  end.writeUInt32LE(0xffffffff, 16)
  return Buffer.concat([local, central, end64, locator, end])
}
