import { Buffer } from 'node:buffer'

/** A number of a key or signature file, with the offset of its heading. */
export interface KeyNumber {
  /** The last letter of its heading: `R`, `S`, `p`, `q`, `g` or `y`. */
  letter: string
  value: Buffer
  /** Byte offset of its heading. */
  at: number
}

const mostBytes = 64 * 1024

/**
 * Parses the numbers of a key or signature file (S-63 edition 1.2, annex of file formats): a heading such as `// BIG p` or
 * `// Signature part R:`, then hexadecimal digits in groups of four and a full stop. Throws an Error that names the line.
 */
export function parseKeyText(bytes: Uint8Array): KeyNumber[] {
  if (bytes.length > mostBytes) throw new Error(`it has ${bytes.length} bytes; at most ${mostBytes} are accepted`)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const numbers: KeyNumber[] = []
  let heading: { letter: string; at: number } | null = null
  let digits = ''
  let line = 0
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    line++
    const content = (match[1] ?? '').trim()
    if (content === '' || content === '\x1a') continue
    if (content.startsWith('//')) {
      if (heading !== null) throw new Error(`line ${line}: the number before this heading does not end in a full stop`)
      const letter = /\b([RSpqgy])\s*:?$/i.exec(content)?.[1]
      if (letter === undefined) throw new Error(`line ${line}: the heading does not end with R, S, p, q, g or y`)
      heading = { letter: /[RS]/i.test(letter) ? letter.toUpperCase() : letter.toLowerCase(), at: match.index }
      continue
    }
    if (heading === null) throw new Error(`line ${line}: a number has no heading`)
    const part = /^([0-9A-F ]*)(\.?)$/i.exec(content)
    if (part === null) throw new Error(`line ${line}: expected hexadecimal digits in groups of four and a full stop`)
    digits += (part[1] ?? '').replaceAll(' ', '')
    if (part[2] !== '.') continue
    if (digits === '' || digits.length % 2 !== 0)
      throw new Error(`line ${line}: a number has ${digits.length} digits; expected an even number above 0`)
    numbers.push({ ...heading, value: Buffer.from(digits, 'hex') })
    heading = null
    digits = ''
  }
  if (heading !== null) throw new Error(`line ${line}: the last number does not end in a full stop`)
  return numbers
}

/** Formats headings with their numbers, the inverse of `parseKeyText`; lines end in CR LF. */
export function formatKeyText(numbers: readonly { heading: string; value: Uint8Array }[]): string {
  return numbers
    .map(({ heading, value }) => {
      const groups =
        Buffer.from(value)
          .toString('hex')
          .toUpperCase()
          .match(/.{1,4}/g) ?? []
      return `// ${heading}\r\n${groups.join(' ')}.\r\n`
    })
    .join('')
}
