import type { KeyObject } from 'node:crypto'
import type { Authority } from './authority.ts'
import { createDsaKey, verifyDsa } from './dsa-key.ts'
import { failed, type Outcome } from './failure.ts'
import { parseSignatureFile, type SignatureFile, signatureNameOf } from './signature-file.ts'

/**
 * Authenticates an encrypted file (S-63 edition 1.2, clause 5.4.2): an authority must have signed the data server's key, and that
 * key must have signed the encrypted bytes. `signature` is the content of the signature file, or null without one. The result
 * names the certifying authority, or a failure with its reason.
 */
export function checkSignature(
  file: { name: string; bytes: Uint8Array },
  signature: Uint8Array | null,
  authorities: readonly Authority[],
): Outcome<{ authority: string }> {
  const { name } = file
  if (signature === null) {
    const expected = signatureNameOf(name)
    const where = expected === null ? '' : ` (${expected})`
    return failed('signature-missing', 'SSE 09', `${name} has no signature file${where}, so its origin cannot be verified`)
  }
  let parsed: SignatureFile
  let key: KeyObject
  try {
    parsed = parseSignatureFile(signature)
    key = createDsaKey(parsed.key)
  } catch (error) {
    return failed('signature-format', 'SSE 24', `the signature file of ${name} is invalid: ${(error as Error).message}`)
  }
  if (authorities.length === 0) {
    const message = `the signature of ${name} cannot be checked: no authority is configured; configure the IHO's certificate (IHO.CRT)`
    return failed('authority-missing', 'SSE 05', message)
  }
  try {
    if (!verifyDsa(file.bytes, parsed.fileSignature, key)) {
      return failed('signature-invalid', 'SSE 09', `${name} does not match its signature: the file was changed or damaged`)
    }
    const authority = authorities.find((each) => verifyDsa(parsed.certified, parsed.certificate, each.key))
    if (authority !== undefined) return { ok: true, authority: authority.name }
  } catch (error) {
    // A system's cryptographic policy may forbid SHA-1 or small keys.
    const message = `the signature of ${name} cannot be checked on this system: ${(error as Error).message}`
    return failed('authority-missing', 'SSE 05', message)
  }
  const names = authorities.map((each) => each.name).join(', ')
  const message = `${name} is signed by a data server that ${names} did not certify: it may come from another service, or the authority has a new key`
  return failed('signer-unknown', 'SSE 06', message)
}
