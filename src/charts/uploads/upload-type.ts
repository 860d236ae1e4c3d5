import { AppError } from '#lib/errors.ts'
import { parseCellFileName } from '#s57/cell-file-name.ts'
import { isPermitFile } from '#s63/permit-file.ts'

export type UploadKind = 'zip' | 'cell' | 'permit'

/** How many leading bytes decide the type of a file. */
export const SNIFF_BYTES = 512

const ACCEPTED = '.zip (exchange set), .000 to .999 (S-57 or S-63 cell or update), .prm or PERMIT.TXT (S-63 permits)'

/** The type that a file name announces; null for a name that is not accepted. */
function kindOfName(filename: string): UploadKind | null {
  if (/\.zip$/i.test(filename)) return 'zip'
  if (/\.prm$/i.test(filename) || /^permit.*\.txt$/i.test(filename)) return 'permit'
  if (parseCellFileName(filename) !== null || /^[A-Z0-9]{8}\b.*\.\d{3}$/i.test(filename)) return 'cell'
  return null
}

/**
 * Decides the type of an upload by its name and content.
 *
 * @param filename sanitised. @param start the first bytes of the file, up to `SNIFF_BYTES`.
 * @throws AppError UPLOAD_TYPE (400) when the name is not accepted, or the content contradicts it.
 */
export function checkUploadType(filename: string, start: Uint8Array): UploadKind {
  const kind = kindOfName(filename)
  if (/^catalog\.(031|xml)$/i.test(filename))
    throw refused(filename, 'it only lists the files of an exchange set. Upload the whole set as a zip')
  if (kind === null && /\.\d{3}$/.test(filename))
    throw refused(filename, 'a cell or update has a name such as US5MA10M.000, of letters, digits, _ and - only')
  if (kind === null) {
    const hint = /\.exe$/i.test(filename) ? '; a self-extracting zip is accepted under a name that ends in .zip' : ''
    throw refused(filename, `files of this type are not accepted. Accepted are ${ACCEPTED}${hint}`)
  }
  if (start.length === 0) throw refused(filename, 'the file is empty')
  const text = Buffer.from(start).toString('latin1')
  const found = whatItIs(text)
  switch (kind) {
    case 'zip':
      if (found !== 'a zip' && !mayPrecedeZip(text)) throw refused(filename, `it is named as a zip but ${isWhat(found)}`)
      break
    case 'permit':
      if (found !== null || !isPermitFile(start))
        throw refused(filename, `it is named as a permit file but ${isWhat(found)}; a permit file begins with :DATE`)
      break
    case 'cell':
      // Unknown content may be an encrypted cell, which looks like noise.
      if (found !== 'an S-57 file' && (found !== null || isText(text)))
        throw refused(filename, `it is named as a chart cell but ${isWhat(found)}`)
  }
  return kind
}

/** What a zip may follow: programs and scripts that unpack it, and the marks of a zip made in parts (APPNOTE.TXT, 8.5.4). */
const BEFORE_ZIPS = ['MZ', '\x7fELF', '#!', 'PK00PK\x03\x04', 'PK\x07\x08PK\x03\x04']

function mayPrecedeZip(text: string): boolean {
  return BEFORE_ZIPS.some((mark) => text.startsWith(mark))
}

/** Where the header of a file in a tar archive says what it is. */
const TAR_MARK_AT = 257

/** The file type that the first bytes reveal; null when unknown. */
function whatItIs(text: string): string | null {
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'a zip'
  if (/^\d{5}[0-9 ]L/s.test(text)) return 'an S-57 file'
  if (text.startsWith('%PDF')) return 'a PDF'
  if (/^\x89PNG|^\xff\xd8\xff|^GIF8/s.test(text)) return 'a picture'
  if (text.startsWith('\x1f\x8b')) return 'a gzip file'
  if (text.startsWith('Rar!')) return 'a RAR archive'
  if (text.startsWith("7z\xbc\xaf'\x1c")) return 'a 7-Zip archive'
  if (text.startsWith('ustar', TAR_MARK_AT)) return 'a tar archive'
  if (/^BZh[1-9]/.test(text)) return 'a bzip2 file'
  if (text.startsWith('\xfd7zXZ\0')) return 'an xz file'
  if (/^\s*<(!doctype|html)/i.test(text)) return 'a web page'
  if (/^\s*<\?xml/i.test(text)) return 'XML'
  return null
}

function isWhat(found: string | null): string {
  return found === null ? 'its content is something else' : `is ${found}`
}

function isText(text: string): boolean {
  return /^[\t\r\n\x20-\x7e]*$/.test(text)
}

function refused(filename: string, why: string): AppError {
  return new AppError('UPLOAD_TYPE', `${filename} cannot be uploaded: ${why}.`)
}
