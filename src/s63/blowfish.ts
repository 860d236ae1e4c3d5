import { Buffer } from 'node:buffer'
import { Blowfish } from 'egoroof-blowfish'

export const BLOCK = 8

/** Blowfish in ECB mode, as S-63 uses it (edition 1.2, clause 2.2.2): each block of 8 bytes is encrypted independently. */
export interface BlockCipher {
  /** Encrypts whole blocks without adding padding. Throws RangeError for any other length. */
  encrypt(bytes: Uint8Array): Buffer
  /** Decrypts whole blocks without removing padding. Throws RangeError for any other length. */
  decrypt(bytes: Uint8Array): Buffer
}

/** Creates a cipher for a key of 1 to 56 bytes. Creation costs as much as encrypting 20 kB, so reuse it for a whole file. */
export function createBlockCipher(key: Uint8Array): BlockCipher {
  // The library's PKCS #5 padding checks only the last byte and would accept a damaged file. NULL padding adds nothing to whole
  // blocks; `decrypt` restores the trailing zeros that it strips.
  const cipher = new Blowfish(key, Blowfish.MODE.ECB, Blowfish.PADDING.NULL)
  const check = (bytes: Uint8Array) => {
    if (bytes.length % BLOCK !== 0)
      throw new RangeError(`${bytes.length} bytes are not a whole number of blocks of ${BLOCK} bytes`)
  }
  return {
    encrypt(bytes) {
      check(bytes)
      return bytes.length === 0 ? Buffer.alloc(0) : Buffer.from(cipher.encode(bytes))
    },
    decrypt(bytes) {
      check(bytes)
      const plain = Buffer.alloc(bytes.length)
      if (bytes.length > 0) plain.set(cipher.decode(bytes, Blowfish.TYPE.UINT8_ARRAY))
      return plain
    },
  }
}

/** Adds PKCS #5 padding: 1 to 8 bytes, each with the number of bytes added. */
export function padded(bytes: Uint8Array): Buffer {
  const missing = BLOCK - (bytes.length % BLOCK)
  return Buffer.concat([bytes, Buffer.alloc(missing, missing)])
}

/** Removes the padding of `padded`; null when any of its bytes is wrong. */
export function unpadded(bytes: Uint8Array): Buffer | null {
  const added = bytes[bytes.length - 1] ?? 0
  if (bytes.length % BLOCK !== 0 || added < 1 || added > BLOCK) return null
  for (let i = bytes.length - added; i < bytes.length; i++) if (bytes[i] !== added) return null
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - added)
}
