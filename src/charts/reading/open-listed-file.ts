import { messageOf } from '#lib/errors.ts'
import { unzipMember } from '#s63/unzip-member.ts'
import { readAnchor } from '#s100/anchor.ts'
import { checkSignature } from '#s100/check-signature.ts'
import type { DatasetListing, SetCertificate } from '#s100/exchange-catalogue.ts'
import type { SignatureRules } from './cell-opening.ts'

/** A file of an S-100 exchange set with what its CATALOG.XML says about it. */
export interface ListedFile {
  name: string
  listing: DatasetListing
  /** Certificates of the upload that it came with. */
  certificates: readonly SetCertificate[]
}

/** A file of an exchange set is not what its catalogue says, or not readable here. */
export class ListedFileError extends Error {
  override readonly name = 'ListedFileError'
}

/**
 * Verifies the signature of a file of an S-100 exchange set and unpacks it where it is compressed.
 *
 * @param limit the most bytes that a compressed file may unpack to. @param warn takes what does not stop the reading.
 * @throws ListedFileError when it is encrypted or damaged, and when signatures are required and its own cannot be verified.
 */
export function openListedFile(
  { name, listing, certificates }: ListedFile,
  bytes: Buffer,
  { policy, authorities }: SignatureRules,
  limit: number,
  warn: (message: string) => void,
): Buffer {
  const content = isZip(bytes) ? unpack(name, bytes, limit) : bytes
  if (policy !== 'off') {
    const anchors = authorities.map((authority) => readAnchor(authority.name, authority.bytes))
    const versions = content === bytes ? [bytes] : [bytes, content]
    const { signatures, issueDate } = listing
    const checked = checkSignature(name, versions, signatures, { certificates, anchors, issueDate })
    if (!checked.ok && policy === 'require') {
      throw new ListedFileError(`${checked.message}; signatures are required (S100_SIGNATURES)`)
    }
    const message = checked.ok ? checked.warning : checked.message
    if (message !== null) warn(message)
  }
  if (listing.encrypted && !isPlain(content)) {
    throw new ListedFileError(`${name} is encrypted (S-100 part 15), which Chartroom cannot decrypt: ask for an unprotected copy`)
  }
  if (listing.notForNavigation) warn(`its producer says that ${name} is not for navigation`)
  return content
}

const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50

/** Whether the bytes begin with the leader of an ISO 8211 file. */
const isPlain = (bytes: Buffer): boolean => /^\d{5}[0-9 ]L/.test(bytes.toString('latin1', 0, 7))

function unpack(name: string, bytes: Buffer, limit: number): Buffer {
  try {
    return unzipMember(bytes, limit).bytes
  } catch (error) {
    throw new ListedFileError(`${name} is compressed and cannot be unpacked: ${messageOf(error)}`)
  }
}
