import { Buffer } from 'node:buffer'
import { type KeyObject, X509Certificate } from 'node:crypto'
import { PermanentError } from '#lib/errors.ts'
import { createDsaKey } from './dsa-key.ts'
import { type KeyNumber, parseKeyText } from './key-text.ts'

/** A key that certifies data servers: the IHO's, or that of another scheme administrator the operator trusts. */
export interface Authority {
  /** Name of its file, such as `IHO.CRT`. */
  name: string
  key: KeyObject
  /** When the certificate expires, ISO 8601 in UTC; null for a bare key. */
  validUntil: string | null
}

/** An authority file cannot be read (S-63: SSE 08). */
export class AuthorityError extends PermanentError {
  override readonly name = 'AuthorityError'
}

/**
 * Reads a certificate (`IHO.CRT`: X.509, DER or PEM) or a bare public key (`IHO.PUB`: p, q, g and y as text). Accepts expired
 * certificates, because earlier signatures remain valid; callers check `validUntil`. Throws AuthorityError.
 */
export function readAuthority(name: string, bytes: Uint8Array): Authority {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const fail = (message: string, cause?: unknown): never => {
    throw new AuthorityError(`${name}: ${message}`, { cause })
  }
  if (/^\s*\/\//.test(buffer.subarray(0, 64).toString('latin1'))) {
    try {
      return { name, key: bareKey(buffer), validUntil: null }
    } catch (error) {
      return fail('the public key is invalid', error)
    }
  }
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(buffer)
  } catch {
    return fail('the file is neither an X.509 certificate (DER or PEM) nor a public key with p, q, g and y')
  }
  const key = certificate.publicKey
  if (key.asymmetricKeyType !== 'dsa') fail(`the key of the certificate is ${key.asymmetricKeyType}; only DSA is accepted`)
  return { name, key, validUntil: certificate.validToDate.toISOString() }
}

function bareKey(buffer: Buffer): KeyObject {
  const numbers = parseKeyText(buffer)
  const found = numbers.map(({ letter }) => letter).join('')
  if (found !== 'pqgy') throw new Error(`it contains the numbers ${[...found].join(' ') || '(none)'}; expected p q g y`)
  const [p, q, g, y] = numbers as [KeyNumber, KeyNumber, KeyNumber, KeyNumber]
  return createDsaKey({ p: p.value, q: q.value, g: g.value, y: y.value })
}
