import { Buffer } from 'node:buffer'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { bitString, element, integer, sequence } from '#s63/der.ts'
import { digestOf } from '../verify-bytes.ts'

// Generated keys and certificates for the exchange sets of tests. No real key is involved.

/** A party that signs: a scheme administrator, a domain coordinator or a data server. */
export interface Signer {
  /** Id in exchange sets, `urn:mrn:iho:2C:1823`. */
  id: string
  /** Id of the party that certified it; its own for a scheme administrator. */
  issuer: string
  /** X.509 in DER. */
  certificate: Buffer
  /** DER of r and s. */
  sign(bytes: Uint8Array): Buffer
}

/** The keys that S-100 uses: DSA of 2,048 bits in sets of edition 5.0, ECDSA on P-384 in later ones. */
export type KeyKind = 'dsa' | 'p384'

const SIGNATURE_ALGORITHMS = {
  /** dsa-with-sha256, 2.16.840.1.101.3.4.3.2. */
  sha256: sequence(Buffer.from('0609608648016503040302', 'hex')),
  /** ecdsa-with-SHA384, 1.2.840.10045.4.3.3. */
  sha384: sequence(Buffer.from('06082a8648ce3d040303', 'hex')),
}
/** id-at-commonName, 2.5.4.3. */
const COMMON_NAME = Buffer.from('0603550403', 'hex')

export interface SignerSpec {
  id: string
  kind?: KeyKind
  /** Who certifies it; itself unless given. */
  by?: Signer
  /** `YYMMDDHHMMSSZ`. */
  validFrom?: string
  validUntil?: string
}

/** Creates a key with its certificate. */
export function createSigner({
  id,
  kind = 'p384',
  by,
  validFrom = '200101000000Z',
  validUntil = '400101000000Z',
}: SignerSpec): Signer {
  const { privateKey, publicKey } =
    kind === 'dsa'
      ? generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 224 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const own = signWith(privateKey)
  const issuer = by?.id ?? id
  const digest = by === undefined ? own.digest : digestOfCertificate(by)
  const algorithm = SIGNATURE_ALGORITHMS[digest]
  const time = (text: string) => element(0x17, Buffer.from(text, 'latin1'))
  const validity = sequence(time(validFrom), time(validUntil))
  const body = sequence(integer(Buffer.from([1])), algorithm, nameOf(issuer), validity, nameOf(id), spkiOf(publicKey))
  const certificate = sequence(body, algorithm, bitString((by ?? own).sign(body)))
  digests.set(certificate, own.digest)
  return { id, issuer, certificate, sign: own.sign }
}

const digests = new WeakMap<Buffer, 'sha256' | 'sha384'>()
const digestOfCertificate = ({ certificate }: Signer) => digests.get(certificate) ?? 'sha384'
const nameOf = (id: string) => sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from(id)))))
const spkiOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })

function signWith(key: KeyObject) {
  const digest = digestOf(key) ?? 'sha384'
  return { digest, sign: (bytes: Uint8Array) => sign(digest, bytes, { key, dsaEncoding: 'der' }) }
}
