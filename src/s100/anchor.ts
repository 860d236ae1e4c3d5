import { Buffer } from 'node:buffer'
import { type KeyObject, X509Certificate } from 'node:crypto'
import { PermanentError } from '#lib/errors.ts'
import { digestOf } from './verify-bytes.ts'

/** A scheme administrator whom the operator trusts to certify data servers: the IHO. */
export interface Anchor {
  /** Name of its file, `IHO.CRT`. */
  name: string
  key: KeyObject
}

/** An authority file cannot be used. */
export class AnchorError extends PermanentError {
  override readonly name = 'AnchorError'
}

/** Reads the certificate of a scheme administrator (X.509, DER or PEM). Accepts an expired one. @throws AnchorError */
export function readAnchor(name: string, bytes: Uint8Array): Anchor {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  } catch (cause) {
    throw new AnchorError(`${name}: the file is not an X.509 certificate (DER or PEM)`, { cause })
  }
  const key = certificate.publicKey
  if (digestOf(key) === null) {
    throw new AnchorError(
      `${name}: its key is ${key.asymmetricKeyType}; accepted are DSA of 2,048 bits or more and ECDSA on P-384`,
    )
  }
  return { name, key }
}
