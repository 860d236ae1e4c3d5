import type { Buffer } from 'node:buffer'
import { CompiledCellError } from '#compiled/format/compiled-cell-error.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { readCatalogueFile } from '#s57/read-catalogue-file.ts'
import { type Cell, readCell } from '#s57/read-cell.ts'
import { readAuthority } from '#s63/authority.ts'
import { createBlockCipher, padded } from '#s63/blowfish.ts'
import { createPermitCipher } from '#s63/cell-permit.ts'
import { checkSignature } from '#s63/check-signature.ts'
import { decryptFile } from '#s63/decrypt-file.ts'
import { isPermitFile, parsePermitFile } from '#s63/permit-file.ts'
import { ExchangeCatalogueError } from '#s100/catalogue-error.ts'
import { checkSignature as checkS100Signature } from '#s100/check-signature.ts'
import { readCatalogueSignature } from '#s100/read-catalogue-signature.ts'
import { readExchangeCatalogue } from '#s100/read-exchange-catalogue.ts'
import { RecordError, readChart } from '#s101/chart/read-chart.ts'
import { readCompiled } from './read-compiled.ts'
import { FUZZ_HARDWARE_ID, FUZZ_KEY, type SeedFile } from './seed-files.ts'

/** The result of a case: read, refused with a documented error, or a fault of the reader. */
export type CaseResult = { kind: 'read'; kept: unknown } | { kind: 'refused' } | { kind: 'fault'; what: string }

const permitCipher = createPermitCipher(FUZZ_HARDWARE_ID)
const cellKeys = [new Uint8Array(5), FUZZ_KEY]

/** Reads a mutated file like the server and checks the invariants of the result. `kept` is what a caller would keep in memory. */
export function runCase(seed: SeedFile, bytes: Buffer): CaseResult {
  try {
    return read(seed, bytes)
  } catch (error) {
    if (seed.target === 'compiled' && error instanceof CompiledCellError) return { kind: 'refused' }
    if (seed.target === 's100' && error instanceof ExchangeCatalogueError) return { kind: 'refused' }
    if (!(error instanceof RecordError))
      return { kind: 'fault', what: `not a RecordError: ${error instanceof Error ? error.stack : String(error)}` }
    if (error.record === null || error.field === null)
      return { kind: 'fault', what: `names no record and field: ${error.message}` }
    return { kind: 'refused' }
  }
}

function read(seed: SeedFile, bytes: Buffer): CaseResult {
  const file = { name: seed.name, bytes }
  switch (seed.target) {
    case 'cell':
      return checkCell(readCell(file))
    case 'update': {
      const [base, ...updates] = seed.before
      return checkCell(readCell(base!, [...updates, file]))
    }
    case 's100':
      return seed.name === 'CATALOG.SIGN'
        ? { kind: 'read', kept: readCatalogueSignature(seed.name, bytes) }
        : checkExchangeCatalogue(seed.name, bytes)
    case 's101':
      return checkCell(readChart(file))
    case 's101 update': {
      const [base, ...updates] = seed.before
      return checkCell(readChart(base!, [...updates, file]))
    }
    case 'catalogue': {
      const catalogue = readCatalogueFile(file)
      for (const { path, box, checksum } of catalogue.entries) {
        if (path.startsWith('/') || path.split('/').includes('..') || path.includes('\\'))
          return fault(`path ${JSON.stringify(path)}`)
        if (box?.some((degrees) => !(Math.abs(degrees) <= 540))) return fault(`box ${String(box)}`)
        if (checksum !== null && !(checksum >= 0 && checksum < 2 ** 32)) return fault(`checksum ${checksum}`)
      }
      return { kind: 'read', kept: catalogue }
    }
    case 'permits': {
      isPermitFile(bytes)
      const permits = parsePermitFile(bytes, permitCipher)
      for (const { line, failure } of permits.problems)
        if (!(line >= 1) || failure.message === '') return fault('a problem without its line')
      for (const { keys } of permits.permits)
        if (keys.some((key) => key.length !== 5)) return fault('a key that is not of five bytes')
      return permits.problems.length > 0 ? { kind: 'refused' } : { kind: 'read', kept: permits }
    }
    case 'encrypted': {
      const encrypted = seed.name === 'zip' ? createBlockCipher(FUZZ_KEY).encrypt(padded(bytes)) : bytes
      const result = decryptFile({ name: 'XX5SAMPL.000', bytes: encrypted }, cellKeys)
      return result.ok ? { kind: 'read', kept: result } : { kind: 'refused' }
    }
    case 'compiled':
      return readCompiled(seed, bytes)
    case 'signature': {
      const result = checkSignature({ name: 'XX5SAMPL.000', bytes: FUZZ_KEY }, bytes, [])
      try {
        readAuthority('IHO.PUB', bytes.subarray(bytes.indexOf('// BIG p')))
      } catch (error) {
        if ((error as Error).name !== 'AuthorityError') throw error
      }
      return result.ok ? fault('a signature passed without an authority') : { kind: 'refused' }
    }
  }
}

function checkExchangeCatalogue(name: string, bytes: Buffer): CaseResult {
  const catalogue = readExchangeCatalogue(name, bytes)
  const { certificates, datasets, supportFiles } = catalogue
  for (const { path, signatures } of [...datasets, ...supportFiles]) {
    if (path === '' || path.startsWith('/') || path.split('/').includes('..')) return fault(`path ${JSON.stringify(path)}`)
    const checked = checkS100Signature(path, [bytes], signatures, { certificates, anchors: [], issueDate: null })
    if (checked.ok) return fault('a signature passed without a scheme administrator')
  }
  return { kind: 'read', kept: catalogue }
}

function checkCell(cell: Cell): CaseResult {
  let count = 0
  for (const { geometry, recordId, attributes, acronym, original } of cell.features()) {
    count++
    if (original !== undefined) JSON.parse(original.toJson())
    if (!Number.isInteger(recordId) || acronym === '') return fault('a feature without a name')
    for (const value of attributes.values()) if (typeof value !== 'string') return fault('an attribute that is not text')
    if (geometry !== null && !isSound(geometry)) return fault(`feature ${recordId} is not on the earth or not whole`)
  }
  if (count !== cell.featureCount) return fault(`${count} features instead of ${cell.featureCount}`)
  if (cell.warnings.length > 101) return fault(`${cell.warnings.length} warnings`)
  return { kind: 'read', kept: cell }
}

/** Whether all positions are numbers within ±90 and ±540 degrees, and paths and polygons end at valid indexes. */
function isSound({ positions, width, paths, polygons }: PackedGeometry): boolean {
  const count = positions.length / width
  if (count < 1 || !Number.isInteger(count)) return false
  for (let i = 0; i < positions.length; i += width) {
    if (!(Math.abs(positions[i]!) <= 540 && Math.abs(positions[i + 1]!) <= 90)) return false
  }
  const rise = (ends: readonly number[]) => ends.every((end, i) => end > (ends[i - 1] ?? 0))
  if (!rise(paths) || !rise(polygons)) return false
  return (paths.at(-1) ?? count) === count && (polygons.at(-1) ?? paths.length) === paths.length
}

const fault = (what: string): CaseResult => ({ kind: 'fault', what })
