import { Buffer } from 'node:buffer'
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { bitString, integer, OID_DSA, sequence } from './der.ts'

/** A DSA public key (FIPS 186-2): unsigned big-endian numbers. */
export interface DsaPublicKey {
  p: Buffer
  q: Buffer
  g: Buffer
  y: Buffer
}

/** Both halves of a DSA signature, unsigned big-endian. */
export interface DsaSignature {
  r: Buffer
  s: Buffer
}

/** SHA-1 needs q of 160 bits. S-63 has p of 512 or 1,024 bits; the limit bounds the time of a check. */
const Q_BYTES = 20
const mostBytesOfP = 384

/**
 * Converts a key for node:crypto (RFC 3279, 2.3.2). Throws Error when S-63 does not allow the sizes of its numbers, or when
 * OpenSSL refuses them.
 */
export function createDsaKey({ p, q, g, y }: DsaPublicKey): KeyObject {
  const sizes = { p: unsigned(p).length, q: unsigned(q).length, g: unsigned(g).length, y: unsigned(y).length }
  if (sizes.q !== Q_BYTES) throw new Error(`q has ${sizes.q * 8} bits; expected 160`)
  if (sizes.p < 64 || sizes.p > mostBytesOfP) throw new Error(`p has ${sizes.p * 8} bits; expected 512 to ${mostBytesOfP * 8}`)
  if (sizes.g > sizes.p || sizes.y > sizes.p) throw new Error('g and y must be smaller than p')
  const algorithm = sequence(OID_DSA, sequence(integer(p), integer(q), integer(g)))
  return createPublicKey({ key: sequence(algorithm, bitString(integer(y))), format: 'der', type: 'spki' })
}

/** Verifies a DSA signature with SHA-1 of these bytes against a public key. */
export function verifyDsa(bytes: Uint8Array, { r, s }: DsaSignature, key: KeyObject): boolean {
  const halves = [r, s].map(unsigned)
  if (halves.some((half) => half.length === 0 || half.length > Q_BYTES)) return false
  const raw = Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(Q_BYTES - half.length), half])))
  return verify('sha1', bytes, { key, dsaEncoding: 'ieee-p1363' }, raw)
}

/** Removes leading zeros. */
function unsigned(number: Buffer): Buffer {
  let at = 0
  while (at < number.length && number[at] === 0) at++
  return number.subarray(at)
}
