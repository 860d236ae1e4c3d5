import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** A new time-ordered UUID (RFC 9562, version 7), dashed. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return v7({ random: pool.subarray(used - 16, used) })
}

// Random bytes for many ids at once: asking the system for 16 takes as long as for thousands, and every request has an id.
const pool = new Uint8Array(16 * 512)
let used = pool.length

/** A new bearer token: 128 random bits as 32 lower-case hexadecimal digits. */
export function newToken(): string {
  return randomBytes(16).toString('hex')
}

/** SHA-256 of a text: how a bearer token is looked up without being stored. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
