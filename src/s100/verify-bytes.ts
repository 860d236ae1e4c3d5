import { Buffer } from 'node:buffer'
import { type KeyObject, verify } from 'node:crypto'

/** Smallest and largest DSA modulus that is accepted, in bits. */
const DSA_BITS = { least: 2048, most: 4096 }

/** The digest that goes with a key: sets name the algorithm wrongly, so the key decides. Null for a key that S-100 does not use. */
export function digestOf(key: KeyObject): 'sha256' | 'sha384' | null {
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'dsa') {
    return modulusLength >= DSA_BITS.least && modulusLength <= DSA_BITS.most ? 'sha256' : null
  }
  return key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1' ? 'sha384' : null
}

/** Whether `signature` (base64 of the DER of r and s) is that of the bytes with this key: DSA with SHA-256, or ECDSA on P-384 with SHA-384. */
export function verifyBytes(bytes: Uint8Array, signature: string, key: KeyObject): boolean {
  const digest = digestOf(key)
  if (digest === null) return false
  try {
    return verify(digest, bytes, { key, dsaEncoding: 'der' }, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
