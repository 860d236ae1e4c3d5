import { Buffer } from 'node:buffer'

// The ASN.1 DER elements (X.690) that DSA keys and certificates need.

/** id-dsa, 1.2.840.10040.4.1. */
export const OID_DSA = Buffer.from('06072a8648ce380401', 'hex')

/** Encodes a tag, the length and the content. Throws RangeError above 65,535 bytes. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : length < 0x1_0000 ? [0x82, length >> 8, length & 0xff] : null
  if (size === null) throw new RangeError(`a DER element of ${length} bytes is too long; at most 65535 are supported`)
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

export const sequence = (...items: readonly Uint8Array[]) => element(0x30, ...items)

/** Encodes an unsigned big-endian number, with a leading zero where it would read as negative. */
export function integer(value: Uint8Array): Buffer {
  let at = 0
  while (at < value.length - 1 && value[at] === 0) at++
  const bytes = value.subarray(at)
  return element(0x02, Buffer.alloc((bytes[0] ?? 0) >= 0x80 || bytes.length === 0 ? 1 : 0), bytes)
}

/** Encodes a bit string of whole bytes. */
export const bitString = (content: Uint8Array) => element(0x03, Buffer.alloc(1), content)
