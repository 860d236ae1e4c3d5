/**
 * Converts a text of an exchange set to UTF-8. Texts are UTF-8, UTF-16 in either byte order with or without a byte order mark, or
 * ISO 8859-1 in older sets (S-57 appendix B.1, clause 5.6.4). The last is read as Windows-1252, which adds the typographic quotes and
 * dashes of Windows editors where ISO 8859-1 has control characters.
 *
 * @returns the same bytes when they are UTF-8 already.
 */
export function decodeTextFile(bytes: Buffer): Buffer {
  const encoding = utf16Of(bytes)
  // An odd last byte is what old editors append as the end of a file; it is half a character at most.
  if (encoding !== null) return Buffer.from(new TextDecoder(encoding).decode(bytes.subarray(0, bytes.length & ~1)), 'utf8')
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes
  } catch {
    return Buffer.from(new TextDecoder('windows-1252').decode(bytes), 'utf8')
  }
}

/** How much of a text is read to find its encoding. */
const SAMPLE = 4096
/** Ctrl-Z. */
const END_OF_FILE = 0x1a

/** By the byte order mark, or by the characters that every text has: line ends, blanks and ASCII letters have a zero byte in UTF-16. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2) return null
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Zero bytes and the end-of-file character of DOS at the end may be padding of a text in any encoding.
  const sample = bytes.subarray(0, Math.min(SAMPLE, bytes.findLastIndex((byte) => byte !== 0 && byte !== END_OF_FILE) + 1))
  let little = 0
  let big = 0
  let bareBlanks = 0
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const [first = 0, second = 0] = [sample[i], sample[i + 1]]
    if (second === 0 && isTelling(first)) little++
    else if (first === 0 && isTelling(second)) big++
    else if (first === BLANK || second === BLANK) bareBlanks++
  }
  // A text of single bytes has a blank after each word, so a stray zero byte in it proves nothing.
  if (Math.max(little, big) <= bareBlanks) return null
  return little >= big ? 'utf-16le' : 'utf-16be'
}

const BLANK = 0x20

/**
 * A printable ASCII character, a tab or a line end; but not `0` and `N`: in the other byte order they are the ideographic space and the
 * Chinese character of the number one, which may outnumber the line ends of a text.
 */
function isTelling(byte: number): boolean {
  if (byte === 0x30 || byte === 0x4e) return false
  return (byte >= BLANK && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
