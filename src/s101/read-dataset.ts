import type { CellFile } from '#s57/cell.ts'
import { cellNameOf } from '#s57/data-set-header.ts'
import { createWarningList, type WarningList } from '#s57/warning-list.ts'
import { createWorkBudget } from '#s57/work-budget.ts'
import { applyUpdate } from './apply-update.ts'
import { createValueDecoder, type TextDecoderOfValues } from './attribute-field.ts'
import { attributeTree } from './attribute-tree.ts'
import type { Dataset, Feature101, FeatureObject, InformationObject } from './dataset.ts'
import type { DatasetFactors, DatasetIdentification } from './dataset-header.ts'
import { createDatasetStore, type DatasetStore } from './dataset-store.ts'
import { dropOffEarth } from './drop-off-earth.ts'
import { createGeometryAssembler, primitiveOf } from './feature-geometry.ts'
import { somePoint } from './point-geometry.ts'
import { isInaccurate } from './position-quality.ts'
import { type DatasetFile, readFile } from './read-file.ts'
import { type ObjectSource, ReadObject } from './read-object.ts'
import { FEATURE, type FeatureRecord, INFORMATION, recordName, type SpatialRecord } from './records.ts'
import { S101Error } from './s101-error.ts'

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
  const identification = applyUpdates(data, bytes, updates, store, texts, warnings)
  dropOffEarth(store, data.factors.coordinateFactor, warnings)
  return createDataset(base.name, identification, data.factors, store, { texts, warnings, bytes })
}

type Applied = DatasetIdentification & { cancelled: boolean }

/** Applies the updates and returns what the dataset is called after the last of them. */
function applyUpdates(
  base: DatasetFile,
  bytes: number,
  updates: readonly CellFile[],
  store: DatasetStore,
  texts: TextDecoderOfValues,
  warnings: WarningList,
): Applied {
  const header: Applied = { ...base.identification, cancelled: false }
  const budget = createWorkBudget(mostPasses * bytes, (place) => {
    return new S101Error(
      { file: base.file, ...place },
      'its updates edit the same lists so often that applying them was given up',
    )
  })
  const read = updates.map((file) => readFile(file, warnings))
  read.sort((a, b) => a.identification.updateNumber - b.identification.updateNumber)
  for (const update of read) {
    const { edition, updateNumber, issueDate, name } = update.identification
    const fail = (message: string): never => {
      throw new S101Error({ file: update.file, record: 'record 2', field: 'DSID' }, message)
    }
    if (updateNumber <= base.identification.updateNumber && edition === base.identification.edition) {
      warnings.add(`${update.file} was passed over: the base already contains update ${updateNumber}`)
      continue
    }
    if (name !== header.name && name !== cellNameOf(base.file)) {
      fail(`the update is for the dataset ${name} (DSNM), but this dataset is ${header.name}`)
    }
    if (header.cancelled) fail(`update ${updateNumber} comes after the cell was cancelled by update ${header.updateNumber}`)
    if (edition !== 0 && edition !== header.edition) {
      fail(`the update is for edition ${edition}, the cell is edition ${header.edition}`)
    }
    if (updateNumber !== header.updateNumber + 1) {
      fail(
        `update ${header.updateNumber + 1} is missing: this is update ${updateNumber} and the cell is at ${header.updateNumber}`,
      )
    }
    checkFactors(base, update)
    applyUpdate(store, update, { texts, budget, warnings })
    header.edition = edition
    header.updateNumber = updateNumber
    header.issueDate = issueDate ?? header.issueDate
    header.cancelled = edition === 0
  }
  return header
}

/** Coordinates of an update go into lists of the base, so they must have its factors. */
function checkFactors(base: DatasetFile, { file, factors, spatial }: DatasetFile): void {
  if (factors === null || spatial.length === 0) return
  const { coordinateFactor, soundingFactor } = base.factors!
  if (factors.coordinateFactor === coordinateFactor && factors.soundingFactor === soundingFactor) return
  const message = `its coordinates have the factors ${factors.coordinateFactor} and ${factors.soundingFactor}, those of the base ${coordinateFactor} and ${soundingFactor}`
  throw new S101Error({ file, record: 'record 2', field: 'DSSI' }, message)
}

function createDataset(
  file: string,
  { exchangePurpose: _, ...identification }: Applied,
  factors: DatasetFactors,
  store: DatasetStore,
  { texts, warnings, bytes }: { texts: TextDecoderOfValues; warnings: WarningList; bytes: number },
): Dataset {
  const known = new Map<number, InformationObject>()
  const information = (id: number): InformationObject | undefined => {
    const record = store.information.get(id)
    if (record === undefined) return undefined
    let found = known.get(id)
    if (found === undefined) {
      const warn = (message: string) => warnings.add(`${file}, ${recordName(INFORMATION, id)}: ${message}`)
      found = {
        id,
        type: record.type,
        attributes: attributeTree(record, texts, warn),
        information: record.information ?? [],
      }
      known.set(id, found)
    }
    return found
  }
  const quiet: ObjectSource = { texts, information, warn: () => {} }
  const attributesOfInformation = (id: number) => information(id)?.attributes
  const isRecordInaccurate = (record: SpatialRecord) => isInaccurate(record, attributesOfInformation)
  const assembler = createGeometryAssembler(store, factors, isRecordInaccurate)

  function* objects(of: { type?: string; associated?: boolean } = {}): Iterable<FeatureObject> {
    for (const record of store.features.inOrder) {
      if (record === null || (of.type !== undefined && record.type !== of.type)) continue
      if (of.associated === true && record.associations === null) continue
      yield new ReadObject(record, quiet)
    }
  }

  function* features(): Iterable<Feature101> {
    let record: FeatureRecord | null = null
    let isFirst = true
    const budget = createWorkBudget(mostPasses * coordinatesOf(store), () => {
      const place = { file, record: recordName(FEATURE, record?.id ?? 0), field: 'SPAS' }
      return new S101Error(place, 'its features name the same curves so often that assembling them was given up')
    })
    const warn = (message: string) => {
      if (isFirst) warnings.add(`${file}, feature ${record?.id} (${record?.type}): ${message}`)
    }
    const source: ObjectSource = { texts, information, warn }
    for (record of store.features.inOrder) {
      if (record === null) continue
      isFirst = !record.assembled
      record.assembled = true
      const geometry = assembler.assemble(record, budget, warn)
      const mayBeInaccurate = store.information.size > 0 && primitiveOf(record) === 'point'
      const isInaccuratePoint = mayBeInaccurate && somePoint(store, record.spatial!, isRecordInaccurate)
      yield { object: new ReadObject(record, source), geometry, isInaccuratePoint }
    }
  }

  return {
    ...identification,
    bytes,
    get warnings() {
      return warnings.list()
    },
    warn: (message) => warnings.add(message),
    objects: (of) => ({ [Symbol.iterator]: () => objects(of)[Symbol.iterator]() }),
    object(id) {
      const record = store.features.get(id)
      return record === undefined ? undefined : new ReadObject(record, quiet)
    },
    information,
    features: () => ({ [Symbol.iterator]: () => features()[Symbol.iterator]() }),
  }
}

function coordinatesOf(store: DatasetStore): number {
  let coordinates = store.features.size
  for (const records of store.spatial.values()) {
    records.forEach((record) => {
      coordinates += 1 + (record.coordinates?.count ?? 0)
    })
  }
  return coordinates
}
