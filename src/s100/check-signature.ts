import { Buffer } from 'node:buffer'
import { X509Certificate } from 'node:crypto'
import type { Anchor } from './anchor.ts'
import type { FileSignature, SetCertificate } from './exchange-catalogue.ts'
import { digestOf, verifyBytes } from './verify-bytes.ts'

/** Why a file is not known to come from a certified data server. */
export type SignatureFault =
  /** The catalogue has no signature of the file. */
  | 'missing'
  /** The set does not contain the certificate that the signature names, or it cannot be read. */
  | 'certificate'
  /** The file was changed after signing, or another key signed it. */
  | 'invalid'
  /** No scheme administrator is configured. */
  | 'no-anchor'
  /** No configured scheme administrator certified the signer. */
  | 'unknown-signer'

/** Who vouches for a file, or what is wrong with its signature. */
export type SignatureCheck =
  | { ok: true; anchor: string; signer: string; warning: string | null }
  | { ok: false; fault: SignatureFault; message: string }

/** What a signature is checked against. */
export interface SignatureContext {
  certificates: readonly SetCertificate[]
  anchors: readonly Anchor[]
  /** YYYY-MM-DD: certificates had to be valid on this day; whether they are valid today does not matter. */
  issueDate: string | null
}

/** Scheme administrator, domain coordinator, data server, and some room for more. */
const DEEPEST = 5

/**
 * Checks the signature of a file (S-100 part 15): a certificate of the set must have signed its bytes, and a scheme administrator must have
 * signed that certificate, directly or through others.
 * @param versions the bytes of the file, and those of its content when it is compressed: either may be what was signed.
 */
export function checkSignature(
  name: string,
  versions: readonly Uint8Array[],
  signatures: readonly FileSignature[],
  { certificates, anchors, issueDate }: SignatureContext,
): SignatureCheck {
  const failed = (fault: SignatureFault, message: string): SignatureCheck => ({ ok: false, fault, message })
  if (signatures.length === 0) return failed('missing', `${name} has no signature, so its origin cannot be verified`)
  let worst: SignatureCheck | null = null
  for (const { value, certificate: id } of signatures) {
    // Several sets in one upload may use one id for different certificates.
    const named = certificates.filter((each) => each.id === id).map((listed) => ({ listed, certificate: certificateOf(listed) }))
    const usable = named.flatMap(({ listed, certificate }) => (certificate === null ? [] : [{ listed, certificate }]))
    if (usable.length === 0) {
      const why = named.length === 0 ? 'is not in the set' : 'cannot be read, or its key is of a kind that S-100 does not use'
      worst ??= failed('certificate', `the signature of ${name} cannot be verified: the certificate that it names ${why}`)
      continue
    }
    const signer = usable.find(({ certificate }) => versions.some((bytes) => verifyBytes(bytes, value, certificate.publicKey)))
    if (signer === undefined) {
      worst = failed('invalid', `${name} does not match its signature: the file was changed or damaged`)
      continue
    }
    if (anchors.length === 0) {
      return failed(
        'no-anchor',
        `the signature of ${name} cannot be verified: no scheme administrator is configured (S100_AUTHORITY_FILE)`,
      )
    }
    const anchor = anchorOf(signer.certificate, signer.listed, certificates, anchors)
    if (anchor !== null) return { ok: true, anchor, signer: id, warning: expiry(name, signer.certificate, issueDate) }
    const names = anchors.map((each) => each.name).join(', ')
    worst = failed('unknown-signer', `${name} is signed by a data server that ${names} did not certify`)
  }
  return worst ?? failed('missing', `${name} has no signature, so its origin cannot be verified`)
}

/** Null for a certificate that cannot be read or has a key of another kind. */
function certificateOf({ der }: SetCertificate): X509Certificate | null {
  try {
    const certificate = new X509Certificate(Buffer.from(der, 'base64'))
    return digestOf(certificate.publicKey) === null ? null : certificate
  } catch {
    return null
  }
}

/** The scheme administrator that certified a signer, directly or through other certificates of the set; null when none did. */
function anchorOf(
  certificate: X509Certificate,
  listed: SetCertificate,
  certificates: readonly SetCertificate[],
  anchors: readonly Anchor[],
  depth = 1,
): string | null {
  const anchor = anchors.find(({ key }) => isSignedBy(certificate, key))
  if (anchor !== undefined) return anchor.name
  // Sets name a certificate as its own issuer where they mean the scheme administrator.
  if (depth >= DEEPEST || listed.issuer === listed.id) return null
  const above = certificates.find(({ id }) => id === listed.issuer)
  const issuer = above === undefined ? null : certificateOf(above)
  if (above === undefined || issuer === null || !isSignedBy(certificate, issuer.publicKey)) return null
  return anchorOf(issuer, above, certificates, anchors, depth + 1)
}

function isSignedBy(certificate: X509Certificate, key: X509Certificate['publicKey']): boolean {
  try {
    return certificate.verify(key)
  } catch {
    return false
  }
}

/** A certificate that had expired before the file was issued is worth a warning: it must not hide a chart. */
function expiry(name: string, { validFromDate, validToDate }: X509Certificate, issueDate: string | null): string | null {
  if (issueDate === null) return null
  const [from, to] = [validFromDate, validToDate].map((date) => date.toISOString().slice(0, 10)) as [string, string]
  if (issueDate >= from && issueDate <= to) return null
  return `the certificate of the data server that signed ${name} is valid from ${from} to ${to}, but the file was issued on ${issueDate}`
}
