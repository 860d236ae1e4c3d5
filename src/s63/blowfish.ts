import { Buffer } from 'node:buffer'
import { Blowfish } from 'egoroof-blowfish'

export const BLOCK = 8

/** Blowfish in ECB mode, as S-63 uses it (edition 1.2, clause 2.2.2): every block of 8 bytes by itself. */
export interface BlockCipher {
  /** Whole blocks in, whole blocks out: no padding is added. Throws RangeError for any other length. */
  encrypt(bytes: Uint8Array): Buffer
  /** Whole blocks in, whole blocks out, the padding still there. Throws RangeError for any other length. */
  decrypt(bytes: Uint8Array): Buffer
}

/** A cipher with one key of 1 to 56 bytes. Making one costs about as much as 20 kB of text, so keep it for a file. */
export function createBlockCipher(key: Uint8Array): BlockCipher {
  // This padding adds nothing to whole blocks; when it takes blanks of zero bytes off the end, they are put back here. The
  // library's own PKCS #5 looks at the last byte only, and a damaged file would pass.
  const cipher = new Blowfish(key, Blowfish.MODE.ECB, Blowfish.PADDING.NULL)
  const check = (bytes: Uint8Array) => {
    if (bytes.length % BLOCK !== 0) throw new RangeError(`${bytes.length} bytes are no whole number of blocks of ${BLOCK}`)
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

/** Fills the last block up with the number of bytes that it lacks; a whole number of blocks gets one more. */
export function padded(bytes: Uint8Array): Buffer {
  const missing = BLOCK - (bytes.length % BLOCK)
  return Buffer.concat([bytes, Buffer.alloc(missing, missing)])
}

/** The bytes without their padding, or null when every one of its bytes is not as `padded` writes it. */
export function unpadded(bytes: Uint8Array): Buffer | null {
  const added = bytes[bytes.length - 1] ?? 0
  if (bytes.length % BLOCK !== 0 || added < 1 || added > BLOCK) return null
  for (let i = bytes.length - added; i < bytes.length; i++) if (bytes[i] !== added) return null
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - added)
}
