import { Buffer } from 'node:buffer'
import { ExchangeCatalogueError } from './catalogue-error.ts'

/** How far into a document its declaration is looked for. */
const DECLARATION = 200

/**
 * The text of an XML document (XML 1.0, appendix F): the byte order mark tells UTF-16 from UTF-8, and so does the zero in its first
 * character, which is `<`. The declared encoding counts only for bytes that are not UTF-8, because programs declare encodings that they do
 * not write.
 * @throws ExchangeCatalogueError for bytes that are not text.
 */
export function decodeDocument(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return decode(name, bytes, 'UTF-16LE')
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return decode(name, bytes, 'UTF-16BE')
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(DECLARATION, bytes.length)).toString('latin1')
  const declared = /^<\?xml [^>]*encoding=["'](iso-8859-1|windows-1252)["']/i.exec(start)?.[1]
  if (declared === undefined) return decode(name, bytes, 'UTF-8')
  return decoded(bytes, 'UTF-8') ?? decode(name, bytes, declared)
}

function decode(name: string, bytes: Uint8Array, encoding: string): string {
  const text = decoded(bytes, encoding)
  if (text !== null) return text
  throw new ExchangeCatalogueError(`${name} is not usable: it is not in ${encoding}`)
}

/** Null when the bytes are not in that encoding. The byte order mark is left out. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
