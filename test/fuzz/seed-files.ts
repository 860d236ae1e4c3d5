import { Buffer } from 'node:buffer'
import { compileCell } from '#compiled/write/compile-cell.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { encryptFile, zipOfOne } from '#s63/writer/encrypt-file.ts'
import { writePermitFile } from '#s63/writer/write-permit-file.ts'
import { sampleCell, sampleUpdate } from '#test/cells.ts'
import { inventedCell } from '../s57/invented-cells.ts'
import { exchangeSetSeeds } from './exchange-set-seed.ts'
import { s101Seeds } from './s101-seeds.ts'
import { cellWithoutCoverage, updateOfAnotherObject, updateWithoutControlFields } from './update-seeds.ts'

/** The reader of a file. */
export type Target =
  | 'cell'
  | 's100'
  | 's101'
  | 's101 update'
  | 'update'
  | 'catalogue'
  | 'permits'
  | 'encrypted'
  | 'signature'
  | 'compiled'

/** A file from which cases are made. */
export interface SeedFile {
  target: Target
  name: string
  bytes: Buffer
  /** For an update: the base and the updates before it. */
  before: readonly CellFile[]
  /** Relative frequency. */
  weight: number
  /** Whether the unchanged file must be read or refused. */
  expected: 'read' | 'refused'
}

export const FUZZ_KEY = Buffer.from('494A804F6A', 'hex')
export const FUZZ_HARDWARE_ID = '12348'
/** A number of a signature file, with the size that data servers use. It signs nothing. */
const number = (length: number, seed: number) => Buffer.from(Array.from({ length }, (_, i) => ((i * 37 + seed) % 251) | 1))
const groups = (bytes: Buffer) => `${bytes.toString('hex').toUpperCase().match(/.{4}/g)?.join(' ')}.\r\n`

/**
 * Creates the files to mutate, always the same: cells and updates with every kind of record and edit of the writer, a catalogue,
 * permits, an encrypted cell, the zip inside one, a signature file, and compiled cells. They include a cell without coverage, an update
 * without control fields, and updates of another object.
 *
 * @param only the beginning of the targets to keep: `s101` for datasets and updates of S-101.
 */
export function seedFiles(only = ''): SeedFile[] {
  return allSeedFiles().filter(({ target }) => target.startsWith(only))
}

function allSeedFiles(): SeedFile[] {
  const sample = { name: 'XX5SAMPL.000', bytes: sampleCell() }
  const invented = inventedCell({ name: 'XX5TESTA', seed: 1, squares: 4, vertices: 6 })
  const large = inventedCell({ name: 'XX5TESTB', seed: 2, squares: 14, vertices: 24 })
  const collections = writeCell({
    name: 'XX5COLLS',
    nationalLevel: 2,
    features: [
      {
        objectClass: 'BCNSPP',
        key: 'a',
        geometry: { type: 'Point', coordinates: [1, 2] },
        nationalAttributes: { NOBJNM: '\u6771\u4eac' },
      },
      { objectClass: 'C_AGGR', key: 'b', references: [{ key: 'a', relation: 3, comment: 'member' }] },
      {
        objectClass: 'C_ASSO',
        references: [
          { key: 'b', relation: 3 },
          { key: 'a', relation: 1 },
        ],
      },
    ],
  })
  const uncovered = cellWithoutCoverage()
  const uncontrolled = updateWithoutControlFields()
  const foreignChange = updateOfAnotherObject(3)
  const foreignDeletion = updateOfAnotherObject(2)
  const foreign = [foreignChange.bytes, foreignDeletion.bytes]
  const seed = (target: Target, name: string, bytes: Uint8Array, weight: number, before: readonly CellFile[] = []): SeedFile => ({
    target,
    name,
    bytes: Buffer.from(bytes),
    before,
    weight,
    expected: target === 'signature' || foreign.includes(bytes) ? 'refused' : 'read',
  })
  const cancel = writeUpdate({ name: 'XX5SAMPL', edition: 0 })
  const listed = [sample, invented.base].map(({ name, bytes }) => ({
    path: `${name.slice(0, 8)}/${name}`,
    bytes,
    longName: 'Name',
    box: [-30, 40, -29, 41] as const,
  }))
  const keys = [Buffer.from('0102030405', 'hex'), Buffer.from('a1a2a3a4a5', 'hex')] as const
  const permit = { cell: 'XX5SAMPL', expires: '2030-12-31', keys, edition: 1 }
  const text = [
    'Signature part R:',
    'Signature part S:',
    'Signature part R:',
    'Signature part S:',
    'BIG p',
    'BIG q',
    'BIG g',
    'BIG y',
  ]
  const sizes = [20, 20, 20, 20, 64, 20, 64, 64]
  const signature = text.map((heading, i) => `// ${heading}\r\n${groups(number(sizes[i]!, i))}`).join('')
  return [
    seed('cell', sample.name, sample.bytes, 26),
    seed('cell', invented.base.name, invented.base.bytes, 22),
    seed('cell', 'XX5COLLS.000', collections, 10),
    ...s101Seeds().map(({ target, name, bytes, weight, before }) => seed(target, name, bytes, weight, before)),
    ...exchangeSetSeeds().map(({ name, bytes }) => seed('s100', name, bytes, 6)),
    seed('cell', large.base.name, large.base.bytes, 1),
    seed('update', 'XX5SAMPL.001', sampleUpdate(), 12, [sample]),
    seed('update', 'XX5SAMPL.001', cancel, 2, [sample]),
    seed('update', invented.updates[0]!.name, invented.updates[0]!.bytes, 8, [invented.base]),
    seed('update', invented.updates[1]!.name, invented.updates[1]!.bytes, 8, [invented.base, invented.updates[0]!]),
    seed('cell', uncovered.name, uncovered.bytes, 6),
    seed('update', uncontrolled.name, uncontrolled.bytes, 8, [uncovered]),
    seed('update', foreignChange.name, foreignChange.bytes, 2, [uncovered]),
    seed('update', foreignDeletion.name, foreignDeletion.bytes, 2, [uncovered]),
    seed(
      'catalogue',
      'CATALOG.031',
      writeCatalogueFile([...listed, { path: 'README.TXT', bytes: sample.bytes, longName: '', box: null }]),
      12,
    ),
    seed('permits', 'PERMIT.TXT', writePermitFile(FUZZ_HARDWARE_ID, { enc: [permit, permit], ecs: [permit] }), 6),
    seed('encrypted', sample.name, encryptFile(sample, FUZZ_KEY), 2),
    // Mutated before encryption, so that the zip inside is damaged.
    seed('encrypted', 'zip', zipOfOne(sample), 2),
    seed('signature', 'XXMSAMPL.000', Buffer.from(signature, 'latin1'), 4),
    seed('compiled', 'damaged', compileCell(readCell(sample)), 4),
    // The checksum is corrected after the change, so that the case gets past it.
    seed('compiled', 'checked', compileCell(readCell(sample)), 14),
    seed('compiled', 'checked', compileCell(readCell(invented.base, invented.updates)), 4),
    seed('compiled', 'checked', compileCell(readCell(uncovered, [uncontrolled])), 4),
  ]
}
