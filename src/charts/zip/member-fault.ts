import type { Entry } from 'yauzl'
import { megabytesOf } from './zip-error.ts'
import type { ZipLimits } from './zip-limits.ts'

// A member that must not be unpacked has a negative number in place of its compression method, which is kept with the place of the member.

export const STORED = 0
const DEFLATED = 8
const LINK = -1
const LOCKED = -2
const TOO_LARGE = -3
const BOMB = -4
/** The method of a member whose path another one with different content has. */
export const TWICE = -5
/** Smaller files may be packed to any share of their size. */
const HARMLESS_BYTES = 1024 * 1024
const COMPRESSION_NAMES: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
}

/** The compression method of an entry, or a negative number when it must not be unpacked. */
export function methodOf(entry: Entry, limits: ZipLimits): number {
  // The upper half is the Unix mode when the zip comes from Unix.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return LINK
  if (entry.isEncrypted()) return LOCKED
  if (!isKnown(entry.compressionMethod)) return entry.compressionMethod
  if (entry.uncompressedSize > limits.fileBytes) return TOO_LARGE
  const grows = entry.uncompressedSize > HARMLESS_BYTES && entry.uncompressedSize > entry.compressedSize * limits.ratio
  return grows ? BOMB : entry.compressionMethod
}

/** Why a member cannot be unpacked; null when it can. */
export function faultOf(method: number, { fileBytes, ratio }: ZipLimits): string | null {
  switch (method) {
    case STORED:
    case DEFLATED:
      return null
    case LINK:
      return 'it is a symbolic link; links are not accepted'
    case LOCKED:
      return 'it is encrypted; only plain zips are accepted'
    case TOO_LARGE:
      return `it is larger than ${megabytesOf(fileBytes)}, the limit for one file`
    case BOMB:
      return `it would grow more than ${ratio}-fold when unpacked; it may be a zip bomb`
    case TWICE:
      return 'it occurs twice in the zip, with different contents'
    default: {
      const name = COMPRESSION_NAMES[method]
      const compression = `compression method ${method}${name === undefined ? '' : ` (${name})`}`
      return `its ${compression} is not supported (stored and deflated are)`
    }
  }
}

function isKnown(method: number): boolean {
  return method === STORED || method === DEFLATED
}
