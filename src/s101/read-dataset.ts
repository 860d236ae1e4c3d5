import type { CellFile } from '#s57/cell.ts'
import { cellNameOf } from '#s57/data-set-header.ts'
import { dropOffEarth } from '#s57/drop-off-earth.ts'
import { isNextUpdate } from '#s57/update-sequence.ts'
import { createWarningList, type WarningList } from '#s57/warning-list.ts'
import { createWorkBudget } from '#s57/work-budget.ts'
import { applyUpdate } from './apply-update.ts'
import { createValueDecoder, type TextDecoderOfValues } from './attribute-field.ts'
import type { Dataset, DatasetHeader } from './dataset.ts'
import { createDatasetStore, type DatasetStore } from './dataset-store.ts'
import { type DatasetFile, readFile } from './read-file.ts'
import { recordName } from './records.ts'
import { S101Error } from './s101-error.ts'
import { StoredDataset } from './stored-dataset.ts'

/**
 * How often, on average, updates may copy each byte and features may use each coordinate. Charts use a coordinate a few dozen times
 * at most; a hostile file is refused within seconds.
 */
const mostPasses = 1000

/**
 * Reads an S-101 dataset: the base and its updates in any order, applied by number. Skips updates that the base already contains (a
 * re-issue). Throws S101Error when a file cannot be read, or when an update is missing, belongs to another edition or dataset, or does
 * not fit.
 */
export function readDataset(base: CellFile, updates: readonly CellFile[] = [], options: { warningLimit?: number } = {}): Dataset {
  const warnings = createWarningList(options.warningLimit)
  const texts = createValueDecoder()
  const data = readFile(base, warnings)
  if (data.identification.exchangePurpose === 2) {
    throw new S101Error(
      { file: base.name, record: 'record 2', field: 'DSID' },
      'this is an update (PROF is 2); a base file is needed first',
    )
  }
  if (data.factors === null) {
    const message = 'there is no dataset structure information (DSSI)'
    throw new S101Error({ file: base.name, record: 'record 2', field: 'DSSI' }, message)
  }
  const store = createDatasetStore(data, warnings)
  const bytes = updates.reduce((sum, update) => sum + update.bytes.length, base.bytes.length)
  const header = applyUpdates(data, bytes, updates, store, texts, warnings)
  dropOffEarth(store.spatial, data.factors.coordinateFactor, { warnings, nameOf: recordName })
  return new StoredDataset(header, { file: base.name, bytes, factors: data.factors, store, texts, warnings, mostPasses })
}

/** Applies the updates and returns the identification of the dataset after the last of them. */
function applyUpdates(
  base: DatasetFile,
  bytes: number,
  updates: readonly CellFile[],
  store: DatasetStore,
  texts: TextDecoderOfValues,
  warnings: WarningList,
): DatasetHeader {
  const { exchangePurpose: _, ...identification } = base.identification
  const header: DatasetHeader = { ...identification, cancelled: false }
  const budget = createWorkBudget(mostPasses * bytes, (place) => {
    return new S101Error(
      { file: base.file, ...place },
      'its updates edit the same lists so often that applying them was given up',
    )
  })
  const read = updates.map((file) => readFile(file, warnings))
  read.sort((a, b) => a.identification.updateNumber - b.identification.updateNumber)
  for (const update of read) {
    const { identification } = update
    const fail = (message: string): never => {
      throw new S101Error({ file: update.file, record: 'record 2', field: 'DSID' }, message)
    }
    const sequence = {
      base: base.identification,
      reached: header,
      fileName: cellNameOf(base.file),
      what: 'dataset',
      fail,
    } as const
    if (!isNextUpdate(identification, sequence)) {
      warnings.add(`${update.file} was passed over: the base already contains update ${identification.updateNumber}`)
      continue
    }
    checkFactors(base, update)
    applyUpdate(store, update, { texts, budget, warnings })
    header.edition = identification.edition
    header.updateNumber = identification.updateNumber
    header.issueDate = identification.issueDate ?? header.issueDate
    header.cancelled = identification.edition === 0
  }
  return header
}

/**
 * Coordinates of an update go into lists of the base, so they must have its factors; the factor of depths matters only when there are
 * depths.
 */
function checkFactors(base: DatasetFile, { file, factors, spatial }: DatasetFile): void {
  if (factors === null || spatial.length === 0) return
  const { coordinateFactor, soundingFactor } = base.factors!
  const hasDepths = spatial.some(({ depths }) => depths)
  if (factors.coordinateFactor === coordinateFactor && (!hasDepths || factors.soundingFactor === soundingFactor)) return
  const message = `its coordinates have the factors ${factors.coordinateFactor} and ${factors.soundingFactor}, those of the base ${coordinateFactor} and ${soundingFactor}`
  throw new S101Error({ file, record: 'record 2', field: 'DSSI' }, message)
}
