import { Buffer } from 'node:buffer'
import type { DsaPublicKey, DsaSignature } from './dsa-key.ts'
import { type KeyNumber, parseKeyText } from './key-text.ts'

/** The content of a signature file, which belongs to one encrypted file. */
export interface SignatureFile {
  /** The data server's signature of the encrypted file. */
  fileSignature: DsaSignature
  /** The authority's signature of the data server's key. */
  certificate: DsaSignature
  /** The data server's key. */
  key: DsaPublicKey
  /** The bytes that `certificate` signs: from the heading of p to the end of the file. */
  certified: Buffer
}

const LETTERS = 'RSRSpqgy'

/** Parses a signature file (S-63 edition 1.2, clause 5.4.2.7). Throws an Error that states the fault. */
export function parseSignatureFile(bytes: Uint8Array): SignatureFile {
  const numbers = parseKeyText(bytes)
  const found = numbers.map(({ letter }) => letter).join('')
  if (found !== LETTERS) {
    throw new Error(`it contains the numbers ${[...found].join(' ') || '(none)'}; expected ${[...LETTERS].join(' ')}`)
  }
  const [r1, s1, r2, s2, p, q, g, y] = numbers as [
    KeyNumber,
    KeyNumber,
    KeyNumber,
    KeyNumber,
    KeyNumber,
    KeyNumber,
    KeyNumber,
    KeyNumber,
  ]
  return {
    fileSignature: { r: r1.value, s: s1.value },
    certificate: { r: r2.value, s: s2.value },
    key: { p: p.value, q: q.value, g: g.value, y: y.value },
    certified: Buffer.from(bytes.buffer, bytes.byteOffset + p.at, bytes.length - p.at),
  }
}

/**
 * Returns the name of the signature file of an encrypted file: the usage band becomes a letter, 1 to 9 giving I to Q
 * (`GB301910.001` gives `GBK01910.001`). Null when the name is not that of a cell file.
 */
export function signatureNameOf(file: string): string | null {
  const match = /^([0-9A-Z]{2})([1-9])([0-9A-Z]{5}\.\d{3})$/i.exec(file)
  if (match === null) return null
  const [, country = '', band = '', rest = ''] = match
  return country + String.fromCharCode(0x48 + Number(band)) + rest
}
