import { Buffer } from 'node:buffer'
import { BLOCK, createBlockCipher, unpadded } from './blowfish.ts'
import { failed, type Outcome } from './failure.ts'
import { unzipMember } from './unzip-member.ts'

/** The first bytes of every zip. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1')
/** The product specification allows cells of 5 MB; inland ones are larger. */
const mostPlainBytes = 256 * 1024 * 1024

/** Whether the bytes begin like an S-57 file, which needs no decryption. */
export function isPlainCell(bytes: Uint8Array): boolean {
  return bytes.length >= 24 && /^\d{5}.L/s.test(Buffer.from(bytes.subarray(0, 7)).toString('latin1'))
}

/**
 * Decrypts and unpacks a base file or an update (S-63 edition 1.2, clause 3.2). Tries `keys`, the cell keys of all permits for
 * this cell, in order and uses the first that yields a zip; `keyIndex` is its index. Fails with `no-permit`, `wrong-key` or
 * `damaged`.
 */
export function decryptFile(
  file: { name: string; bytes: Uint8Array },
  keys: readonly Uint8Array[],
  options: { mostBytes?: number } = {},
): Outcome<{ bytes: Buffer; keyIndex: number }> {
  const { name, bytes } = file
  if (keys.length === 0) {
    return failed('no-permit', 'SSE 11', `${name} is encrypted and there is no permit for its cell: upload the permit file`)
  }
  if (bytes.length < BLOCK || bytes.length % BLOCK !== 0) {
    const message = `${name} is truncated or was changed: it has ${bytes.length} bytes, and the size of an encrypted file is a multiple of ${BLOCK}`
    return failed('damaged', 'SSE 21', message)
  }
  for (const [keyIndex, key] of keys.entries()) {
    const cipher = createBlockCipher(key)
    if (!cipher.decrypt(bytes.subarray(0, BLOCK)).subarray(0, ZIP.length).equals(ZIP)) continue
    const zip = unpadded(cipher.decrypt(bytes))
    if (zip === null) return failed('damaged', 'SSE 21', `${name} is truncated or was changed: its padding is wrong`)
    try {
      return { ok: true, bytes: unzipMember(zip, options.mostBytes ?? mostPlainBytes).bytes, keyIndex }
    } catch (error) {
      return failed(
        'damaged',
        'SSE 21',
        `${name} is damaged: its key is correct, but the zip inside is not: ${(error as Error).message}`,
      )
    }
  }
  const message =
    `${name} cannot be decrypted with the ${keys.length === 1 ? 'key' : `${keys.length} keys`} of its permits: ` +
    'they are for another edition or installation; ask the supplier for a new permit'
  return failed('wrong-key', 'SSE 21', message)
}
