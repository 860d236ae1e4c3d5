import { createHash, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** A dashed UUID of any version, in either case (RFC 9562). */
export const UUID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A new time-ordered UUID (RFC 9562, version 7), dashed. */
export function newId(): string {
  return v7()
}

/** A new bearer token: 128 random bits as 32 lower-case hexadecimal digits. */
export function newToken(): string {
  return randomBytes(16).toString('hex')
}

/** SHA-256 of a text. Bearer tokens are stored and looked up by it. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
