import { promisify } from 'node:util'
import { constants, gunzip, gzip, type ZlibOptions } from 'node:zlib'
import { freeBytes } from '#lib/free-bytes.ts'
import type { ContentEncoding } from './products/product.ts'

/** The content of a product as the cache keeps it. */
export interface TileContent {
  /** In the product's own encoding. */
  encoded: Buffer
  /** Without encoding. */
  plain(): Promise<Buffer>
}

const zip = promisify<Uint8Array, ZlibOptions, Buffer>(gzip)
const unzip = promisify(gunzip)

/**
 * Encodes content for the cache, or `fast` for one answer. Stores nothing, or an empty tile, as zero bytes; gzip of nothing is 20.
 * @param bytes ownership passes to this function: afterwards they are empty or part of the result.
 */
export async function encodeContent(
  bytes: Uint8Array | null,
  encoding: ContentEncoding,
  { fast = false }: { fast?: boolean } = {},
): Promise<Buffer> {
  if (bytes === null || bytes.byteLength === 0) return Buffer.alloc(0)
  if (encoding !== 'gzip') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const encoded = await zip(bytes, fast ? { level: constants.Z_BEST_SPEED } : {})
  freeBytes(bytes)
  return encoded
}

/** Content as `encodeContent` gave it; null for nothing. */
export function openContent(encoded: Buffer, encoding: ContentEncoding): TileContent | null {
  if (encoded.byteLength === 0) return null
  return { encoded, plain: async () => (encoding === 'gzip' ? await unzip(encoded) : encoded) }
}
