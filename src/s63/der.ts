import { Buffer } from 'node:buffer'

// The few forms of ASN.1 DER (X.690) that DSA keys and a certificate are made of.

/** id-dsa, 1.2.840.10040.4.1. */
export const OID_DSA = Buffer.from('06072a8648ce380401', 'hex')

/** Tag, length, content. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : length < 0x1_0000 ? [0x82, length >> 8, length & 0xff] : null
  if (size === null) throw new RangeError(`${length} bytes are too many for what is written here`)
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

export const sequence = (...items: readonly Uint8Array[]) => element(0x30, ...items)

/** An unsigned number, big-endian; a zero goes in front where it would read as negative. */
export function integer(value: Uint8Array): Buffer {
  let at = 0
  while (at < value.length - 1 && value[at] === 0) at++
  const bytes = value.subarray(at)
  return element(0x02, Buffer.alloc((bytes[0] ?? 0) >= 0x80 || bytes.length === 0 ? 1 : 0), bytes)
}

/** A bit string of whole bytes. */
export const bitString = (content: Uint8Array) => element(0x03, Buffer.alloc(1), content)
