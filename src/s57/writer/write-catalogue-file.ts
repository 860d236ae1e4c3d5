import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { encodeRecord } from '#iso8211/encode-record.ts'
import { catalogueDescription } from './descriptive-record.ts'

/** A file of an exchange set, for its catalogue. */
export interface CatalogueFileEntry {
  /** Path below ENC_ROOT with `/`, such as `XX5DEMO1/XX5DEMO1.000`. */
  path: string
  bytes: Uint8Array
  /** LFIL, the long name; may be empty. */
  longName: string
  /** West, south, east, north in degrees for a cell, null for other files. */
  box: readonly [west: number, south: number, east: number, north: number] | null
}

/** Writes the CATALOG.031 of an exchange set; it lists itself first (S-57 appendix B.1, clause 5.6.3). */
export function writeCatalogueFile(entries: readonly CatalogueFileEntry[]): Uint8Array {
  const rows = [
    { path: 'CATALOG.031', longName: '', implementation: 'ASC', box: null, checksum: '' },
    ...entries.map(({ path, bytes, longName, box }) => ({
      path,
      longName,
      box,
      implementation: /\.\d{3}$/.test(path) ? 'BIN' : 'TXT',
      checksum: crc32(bytes).toString(16).toUpperCase().padStart(8, '0'),
    })),
  ]
  const records = rows.map(({ path, longName, implementation, box, checksum }, i) => {
    const [west, south, east, north] = box?.map((degrees) => degrees.toFixed(6)) ?? ['', '', '', '']
    const id = `CD${String(i + 1).padStart(10, '0')}`
    const texts = [
      path.replaceAll('/', '\\'),
      longName,
      'V01X01',
      `${implementation}${south}`,
      west,
      north,
      east,
      checksum,
      '',
      '',
    ]
    return encodeRecord('data', [
      { tag: '0001', data: Buffer.from(String(i).padStart(5, '0'), 'latin1') },
      { tag: 'CATD', data: Buffer.from(id + texts.join('\x1f'), 'latin1') },
    ])
  })
  return Buffer.concat([catalogueDescription(), ...records])
}
