import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'
import { createBlockCipher, padded } from '../blowfish.ts'

/** Zips, pads and encrypts one file of a cell with a cell key of five bytes, the inverse of `decryptFile`. */
export function encryptFile(file: { name: string; bytes: Uint8Array }, key: Uint8Array): Buffer {
  return createBlockCipher(key).encrypt(padded(zipOfOne(file)))
}

/** Creates a zip with one deflated member and a fixed date, so that equal files give equal bytes. */
export function zipOfOne({ name, bytes }: { name: string; bytes: Uint8Array }): Buffer {
  const packed = deflateRawSync(bytes)
  const path = Buffer.from(name, 'latin1')
  // Version 2.0, no flags, deflate, 1 January 1980, then checksum, sizes, name length, no extra field.
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  common.writeUInt16LE(0x21, 8)
  common.writeUInt32LE(crc32(bytes), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(bytes.length, 18)
  common.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), path])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}
