import { Buffer } from 'node:buffer'
import { bitString, element, integer, OID_DSA, sequence } from '../der.ts'
import { formatKeyText } from '../key-text.ts'
import type { DsaSigner } from './dsa-signer.ts'

/** Formats a public key as text, as in `IHO.PUB`. */
export function formatPublicKey({ publicKey: { p, q, g, y } }: Pick<DsaSigner, 'publicKey'>): string {
  return formatKeyText([
    { heading: 'BIG p', value: p },
    { heading: 'BIG q', value: q },
    { heading: 'BIG g', value: g },
    { heading: 'BIG y', value: y },
  ])
}

/** dsa-with-sha1, 1.2.840.10040.4.3. */
const DSA_WITH_SHA1 = sequence(Buffer.from('06072a8648ce380403', 'hex'))
/** id-at-commonName, 2.5.4.3. */
const COMMON_NAME = Buffer.from('0603550403', 'hex')

/** Creates a self-signed certificate of the signer in DER (RFC 5280), as in `IHO.CRT`. Times are `YYMMDDHHMMSSZ`. */
export function writeCertificate(signer: DsaSigner, name: string, validFrom: string, validUntil: string): Buffer {
  const { p, q, g, y } = signer.publicKey
  const subject = sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from(name)))))
  const time = (text: string) => element(0x17, Buffer.from(text, 'latin1'))
  const key = sequence(sequence(OID_DSA, sequence(integer(p), integer(q), integer(g))), bitString(integer(y)))
  const serial = integer(Buffer.from([1]))
  const body = sequence(serial, DSA_WITH_SHA1, subject, sequence(time(validFrom), time(validUntil)), subject, key)
  return sequence(body, DSA_WITH_SHA1, bitString(signer.signDer(body)))
}
