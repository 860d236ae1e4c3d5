import { applyUpdate } from './apply-update.ts'
import { type AttributeDecoder, createAttributeDecoder } from './attributes.ts'
import type { Cell, CellFile, Feature } from './cell.ts'
import { CellBase, type CellFacts } from './cell-base.ts'
import { type CellStore, createCellStore } from './cell-store.ts'
import { cellNameOf } from './data-set-header.ts'
import { dropOffEarth } from './drop-off-earth.ts'
import { createGeometryAssembler } from './feature-geometry.ts'
import { type FeatureSource, readFeatures } from './read-features.ts'
import { type DataSet, readFile } from './read-file.ts'
import { vectorName } from './records.ts'
import { S57Error } from './s57-error.ts'
import { isNextUpdate } from './update-sequence.ts'
import { createWarningList, type WarningList } from './warning-list.ts'
import { createWorkBudget } from './work-budget.ts'

export type { Cell, CellFile, Feature, FeatureReference } from './cell.ts'
export { type PackedGeometry, toGeoJson } from './packed-geometry.ts'

export interface ReadCellOptions {
  /** Number of warnings kept as text; further ones are counted. Default 100. */
  warningLimit?: number
  /** The cell's name; DSNM of the base unless given. */
  name?: string
}

/**
 * Reads a cell: the base file and its updates in any order, applied by number. Skips updates that the base already contains (a
 * re-issue, with UPDN above 0). Throws S57Error when a file cannot be read, or when an update is missing, belongs to another edition
 * or cell, or does not fit the cell.
 */
export function readCell(base: CellFile, updates: readonly CellFile[] = [], options: ReadCellOptions = {}): Cell {
  const warnings = createWarningList(options.warningLimit)
  const decoder = createAttributeDecoder()
  const data = readFile(base, warnings)
  if (data.identification.exchangePurpose === 2) {
    throw new S57Error(
      { file: base.name, record: 'record 2', field: 'DSID' },
      'this is an update (EXPP is 2); a base file (.000) is needed first',
    )
  }
  if (data.parameters === null) {
    const message = 'there is no data set parameter record (DSPM)'
    throw new S57Error({ file: base.name, record: 'record 3', field: 'DSPM' }, message)
  }
  const store = createCellStore(data, warnings)
  const header = applyUpdates(data, base.bytes.length, updates, store, decoder, warnings)
  dropOffEarth(store.vectors, data.parameters.coordinateFactor, { warnings, nameOf: vectorName })
  const { coordinateFactor, soundingFactor, compilationScale } = data.parameters
  const assembler = createGeometryAssembler(store, { coordinateFactor, soundingFactor }, decoder)
  const source = { file: base.name, store, decoder, warnings, assembler, steps: mostPasses * coordinatesOf(store) }
  return new ReadCell({ ...header, standard: 's57', name: options.name ?? header.name, compilationScale }, source)
}

/**
 * How often, on average, updates may copy each byte and features may use each coordinate. Charts use a coordinate a few dozen times
 * at most; a hostile file is refused within seconds.
 */
const mostPasses = 1000

/** What the base and the updates say about the cell. */
type Header = Omit<CellFacts, 'standard' | 'compilationScale'>

/** Applies the updates and returns the identification of the data set after the last of them. */
function applyUpdates(
  base: DataSet,
  baseBytes: number,
  updates: readonly CellFile[],
  store: CellStore,
  decoder: AttributeDecoder,
  warnings: WarningList,
): Header {
  const { exchangePurpose: _, ...identification } = base.identification
  const header: Header = { ...identification, cancelled: false }
  const bytes = updates.reduce((sum, update) => sum + update.bytes.length, baseBytes)
  const budget = createWorkBudget(mostPasses * bytes, (place) => {
    return new S57Error({ file: base.file, ...place }, 'its updates edit the same lists so often that applying them was given up')
  })
  const read = updates.map((file) => readFile(file, warnings))
  read.sort((a, b) => a.identification.updateNumber - b.identification.updateNumber)
  for (const update of read) {
    const { identification } = update
    const fail = (message: string): never => {
      throw new S57Error({ file: update.file, record: 'record 2', field: 'DSID' }, message)
    }
    const sequence = { base: base.identification, reached: header, fileName: cellNameOf(base.file), what: 'cell', fail } as const
    if (!isNextUpdate(identification, sequence)) {
      warnings.add(`${update.file} was passed over: the base already contains update ${identification.updateNumber}`)
      continue
    }
    applyUpdate(store, update, { decoder, budget, warnings })
    header.edition = identification.edition
    header.updateNumber = identification.updateNumber
    header.updateApplicationDate = identification.updateApplicationDate ?? header.updateApplicationDate
    header.issueDate = identification.issueDate ?? header.issueDate
    header.cancelled = identification.edition === 0
  }
  return header
}

function coordinatesOf(store: CellStore): number {
  let coordinates = store.features.size
  for (const records of store.vectors.values()) {
    records.forEach((record) => {
      coordinates += 1 + (record.coordinates?.count ?? 0)
    })
  }
  return coordinates
}

class ReadCell extends CellBase {
  readonly #source: FeatureSource

  constructor(facts: CellFacts, source: FeatureSource) {
    super(facts)
    this.#source = source
  }

  get warnings(): string[] {
    return this.#source.warnings.list()
  }

  get featureCount(): number {
    return this.#source.store.features.size
  }

  features(): Iterable<Feature> {
    const source = this.#source
    return { [Symbol.iterator]: () => readFeatures(source) }
  }
}
