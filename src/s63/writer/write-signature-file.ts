import { Buffer } from 'node:buffer'
import { formatKeyText } from '../key-text.ts'
import type { DsaSigner } from './dsa-signer.ts'
import { formatPublicKey } from './write-authority.ts'

/** Creates a signature file: the data server's signature of the file, the authority's of the server's key, and that key. */
export function writeSignatureFile(encrypted: Uint8Array, server: DsaSigner, authority: DsaSigner): Buffer {
  const key = formatPublicKey(server)
  const parts = ({ r, s }: { r: Buffer; s: Buffer }) => [
    { heading: 'Signature part R:', value: r },
    { heading: 'Signature part S:', value: s },
  ]
  const certificate = authority.sign(Buffer.from(key, 'latin1'))
  return Buffer.from(formatKeyText([...parts(server.sign(encrypted)), ...parts(certificate)]) + key, 'latin1')
}
