import { Buffer } from 'node:buffer'
import { BLOCK, createBlockCipher, unpadded } from './blowfish.ts'
import { failed, type Outcome } from './failure.ts'
import { unzipMember } from './unzip-member.ts'

/** What every zip begins with. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1')
/** The product specification allows cells of 5 MB; inland ones are larger. */
const mostPlainBytes = 256 * 1024 * 1024

/** True when the bytes begin as an S-57 file does, so that there is nothing to decrypt. */
export function isPlainCell(bytes: Uint8Array): boolean {
  return bytes.length >= 24 && /^\d{5}.L/s.test(Buffer.from(bytes.subarray(0, 7)).toString('latin1'))
}

/**
 * Decrypts and unpacks one file of a cell, base or update (S-63 edition 1.2, clause 3.2). `keys` are the cell keys of all
 * permits for this cell, in the order to try: the first that gives a zip is used, and `keyIndex` tells which. The result
 * says in words whether there was no permit, no key that fits, or a file that is broken.
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
    const message = `${name} was cut or changed: it has ${bytes.length} bytes, and encrypted files have a multiple of ${BLOCK}`
    return failed('damaged', 'SSE 21', message)
  }
  for (const [keyIndex, key] of keys.entries()) {
    const cipher = createBlockCipher(key)
    if (!cipher.decrypt(bytes.subarray(0, BLOCK)).subarray(0, ZIP.length).equals(ZIP)) continue
    const zip = unpadded(cipher.decrypt(bytes))
    if (zip === null) return failed('damaged', 'SSE 21', `${name} was cut or changed: its end is not what its key gives`)
    try {
      return { ok: true, bytes: unzipMember(zip, options.mostBytes ?? mostPlainBytes).bytes, keyIndex }
    } catch (error) {
      return failed('damaged', 'SSE 21', `${name} is damaged: its key fits, but in the zip inside ${(error as Error).message}`)
    }
  }
  const message =
    `${name} cannot be opened by the ${keys.length === 1 ? 'key' : `${keys.length} keys`} of its permits: ` +
    'they are for another edition or installation; ask the supplier for a new permit'
  return failed('wrong-key', 'SSE 21', message)
}
