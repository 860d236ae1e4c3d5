import type { Catalogue } from './catalogue.ts'
import { CatalogueError } from './catalogue-error.ts'
import type { CatalogueFormat } from './catalogue-format.ts'
import { createCatalogueParser } from './catalogue-parser.ts'
import { noaaFormat } from './noaa-format.ts'

export interface ReadCatalogueOptions {
  /** NOAA's unless given. */
  format?: CatalogueFormat
  signal?: AbortSignal
  /** Called after each chunk with the bytes read so far. */
  onProgress?(bytes: number): void
}

/**
 * Reads a product catalogue as it arrives. NOAA's has 10 MB and 7,000 entries; only the entries stay in memory.
 *
 * Ignores an entry with missing or impossible fields, with a warning.
 *
 * @throws CatalogueError when it is not XML, ends early, has another root, or has no usable entry.
 */
export async function readCatalogue(stream: AsyncIterable<Uint8Array>, options: ReadCatalogueOptions = {}): Promise<Catalogue> {
  const parser = createCatalogueParser(options.format ?? noaaFormat)
  // Fatal: a catalogue in another encoding would otherwise yield cell titles full of question marks.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const chunk of stream) {
    options.signal?.throwIfAborted()
    bytes += chunk.byteLength
    parser.write(decode(decoder, chunk))
    options.onProgress?.(bytes)
  }
  if (bytes === 0) throw new CatalogueError('the catalogue is empty')
  parser.write(decode(decoder, undefined))
  return parser.end()
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new CatalogueError('the catalogue is not XML: it is not UTF-8 text')
  }
}
