import { Buffer } from 'node:buffer'
import { createPrivateKey, generatePrimeSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { element, integer, OID_DSA, sequence } from '../der.ts'
import type { DsaPublicKey, DsaSignature } from '../dsa-key.ts'

// Generated keys for charts that tests and demonstrations encrypt. No real key is involved.

export interface DsaSigner {
  publicKey: DsaPublicKey
  sign(bytes: Uint8Array): DsaSignature
  /** The signature as DER, for certificates. */
  signDer(bytes: Uint8Array): Buffer
}

/** Generates a key, by default of 512 bits like those of S-63. OpenSSL does not generate so small a key, but signs with one. */
export function createDsaSigner(bits = 512): DsaSigner {
  const q = generatePrimeSync(160, { bigint: true })
  const p = generatePrimeSync(bits, { bigint: true, add: 2n * q, rem: 1n })
  let g = 1n
  for (let h = 2n; g === 1n; h++) g = power(h, (p - 1n) / q, p)
  const x = (BigInt(`0x${randomBytes(24).toString('hex')}`) % (q - 1n)) + 1n
  const publicKey = { p: bytesOf(p), q: bytesOf(q), g: bytesOf(g), y: bytesOf(power(g, x, p)) }
  const algorithm = sequence(OID_DSA, sequence(integer(publicKey.p), integer(publicKey.q), integer(publicKey.g)))
  const pkcs8 = sequence(integer(Buffer.alloc(1)), algorithm, element(0x04, integer(bytesOf(x))))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return {
    publicKey,
    sign: (bytes) => {
      const raw = signWith(key, bytes, 'ieee-p1363')
      return { r: raw.subarray(0, 20), s: raw.subarray(20) }
    },
    signDer: (bytes) => signWith(key, bytes, 'der'),
  }
}

const signWith = (key: KeyObject, bytes: Uint8Array, dsaEncoding: 'der' | 'ieee-p1363') =>
  sign('sha1', bytes, { key, dsaEncoding })

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function bytesOf(value: bigint): Buffer {
  const digits = value.toString(16)
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}
