import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { PermanentError } from '#lib/errors.ts'
import { createBlockCipher, padded } from './blowfish.ts'

/** The manufacturer's values, issued by the scheme administrator, and the number of one installation. */
export interface Identity {
  /** M_ID: two characters. */
  manufacturerId: string
  /** M_KEY: five characters. */
  manufacturerKey: string
  /** HW_ID: five characters. Secret, because it decrypts every chart bought for this installation. */
  hardwareId: string
}

/** A configured identity is invalid. */
export class IdentityError extends PermanentError {
  override readonly name = 'IdentityError'
}

/**
 * Returns M_ID, M_KEY or HW_ID as bytes. Accepts the characters (`98765`) or their hexadecimal form (`3938373635`), because the
 * scheme administrator issues both. Throws an IdentityError that names the value without showing it.
 */
export function identityBytes(name: 'M_ID' | 'M_KEY' | 'HW_ID', value: string): Buffer {
  const length = name === 'M_ID' ? 2 : 5
  const text = value.trim()
  if (/^[0-9A-Za-z]+$/.test(text)) {
    if (text.length === length) return Buffer.from(text, 'latin1')
    if (text.length === 2 * length && /^[0-9A-Fa-f]+$/.test(text)) return Buffer.from(text, 'hex')
  }
  throw new IdentityError(
    `${name} is invalid: it has ${text.length} characters; expected ${length} letters or digits, or the same as ${2 * length} hexadecimal digits`,
  )
}

/**
 * Creates the user permit that a data server needs to sell charts for this installation: 28 characters with HW_ID encrypted with
 * M_KEY, a checksum, and M_ID (S-63 edition 1.2, clause 4.2). Throws IdentityError for invalid values.
 */
export function makeUserPermit({ manufacturerId, manufacturerKey, hardwareId }: Identity): string {
  const cipher = createBlockCipher(identityBytes('M_KEY', manufacturerKey))
  const encrypted = hex(cipher.encrypt(padded(identityBytes('HW_ID', hardwareId))))
  return encrypted + checksum(encrypted) + hex(identityBytes('M_ID', manufacturerId))
}

/** Returns the CRC-32 of the characters as eight hexadecimal digits. */
const checksum = (text: string) => crc32(Buffer.from(text, 'latin1')).toString(16).toUpperCase().padStart(8, '0')

const hex = (bytes: Buffer) => bytes.toString('hex').toUpperCase()
