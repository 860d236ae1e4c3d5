import { applyUpdate } from './apply-update.ts'
import { type AttributeDecoder, createAttributeDecoder } from './attributes.ts'
import type { Cell, CellFile, Feature, FeatureReference } from './cell.ts'
import { type CellStore, createCellStore } from './cell-store.ts'
import { ATTRIBUTES, type AttributeType } from './data/attributes.ts'
import { OBJECT_CLASSES } from './data/object-classes.ts'
import { cellNameOf, type DataSetParameters } from './data-set-header.ts'
import { dropOffEarth } from './drop-off-earth.ts'
import { createGeometryAssembler } from './feature-geometry.ts'
import { MalformedNumbers } from './malformed-numbers.ts'
import { isInaccuratePoint } from './point-accuracy.ts'
import { type DataSet, readFile } from './read-file.ts'
import type { AttributeList, FeatureRecord } from './records.ts'
import { S57Error } from './s57-error.ts'
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
  dropOffEarth(store, data.parameters.coordinateFactor, warnings)
  return createCell(
    base.name,
    { ...header, name: options.name ?? header.name, parameters: data.parameters },
    store,
    decoder,
    warnings,
  )
}

/**
 * How often, on average, updates may copy each byte and features may use each coordinate. Charts use a coordinate a few dozen times
 * at most; a hostile file is refused within seconds.
 */
const mostPasses = 1000

interface Header {
  name: string
  edition: number
  updateNumber: number
  updateApplicationDate: string | null
  issueDate: string | null
  producer: number
  usageBand: number
  comment: string | null
  cancelled: boolean
}

/** Applies the updates and returns what the data set is called after the last of them. */
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
    const { edition, updateNumber, updateApplicationDate, issueDate, name } = update.identification
    const fail = (message: string): never => {
      throw new S57Error({ file: update.file, record: 'record 2', field: 'DSID' }, message)
    }
    if (updateNumber <= base.identification.updateNumber && edition === base.identification.edition) {
      warnings.add(`${update.file} was passed over: the base already contains update ${updateNumber}`)
      continue
    }
    if (name !== header.name && name !== cellNameOf(base.file)) {
      fail(`the update is for the cell ${name} (DSNM), but this cell is ${header.name}`)
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
    applyUpdate(store, update, { decoder, budget, warnings })
    header.edition = edition
    header.updateNumber = updateNumber
    header.updateApplicationDate = updateApplicationDate ?? header.updateApplicationDate
    header.issueDate = issueDate ?? header.issueDate
    header.cancelled = edition === 0
  }
  return header
}

function createCell(
  file: string,
  header: Header & { parameters: DataSetParameters },
  store: CellStore,
  decoder: AttributeDecoder,
  warnings: WarningList,
): Cell {
  const { parameters, ...named } = header
  let coordinates = store.features.size
  for (const records of store.vectors.values()) {
    records.forEach((record) => {
      coordinates += 1 + (record.coordinates?.count ?? 0)
    })
  }

  const assembler = createGeometryAssembler(store, parameters, decoder)

  function* features(): Iterable<Feature> {
    let record: FeatureRecord | undefined
    let acronym = ''
    let isFirst = true
    // Reused for all features, because allocation per feature would take most of the time.
    const budget = createWorkBudget(mostPasses * coordinates, () => {
      const place = { file, record: `feature ${record?.id}`, field: 'FSPT' }
      return new S57Error(place, 'its features name the same edges so often that assembling them was given up')
    })
    const warn = (message: string) => {
      if (isFirst) warnings.add(`${file}, feature ${record?.id} (${acronym}): ${message}`)
    }
    const malformed = new MalformedNumbers()
    const noteMalformed = (attribute: AttributeType, value: string) => {
      if (isFirst) malformed.note(attribute, value, `${file}, feature ${record?.id} (${acronym})`)
    }
    try {
      for (record of store.features.values()) {
        acronym = OBJECT_CLASSES.get(record.objectClass)?.acronym ?? `OBJL_${record.objectClass}`
        isFirst = !record.assembled
        record.assembled = true
        yield {
          recordId: record.id,
          agency: record.agency,
          featureId: record.featureId,
          featureSubdivision: record.featureSubdivision,
          objectClass: record.objectClass,
          acronym,
          primitive: primitiveOf(record),
          attributes: decodeAttributes(record.attributes, decoder, noteMalformed),
          nationalAttributes: decodeAttributes(record.nationalAttributes, decoder, null),
          geometry: assembler.assemble(record, budget, warn),
          isInaccuratePoint: isInaccuratePoint(store, record, decoder),
          references: record.references ?? none,
        }
      }
    } finally {
      malformed.report(warnings)
    }
  }

  return {
    standard: 's57',
    ...named,
    compilationScale: parameters.compilationScale,
    get warnings() {
      return warnings.list()
    },
    featureCount: store.features.size,
    features: () => ({ [Symbol.iterator]: () => features()[Symbol.iterator]() }),
  }
}

const none: readonly FeatureReference[] = []
const noAttributes: ReadonlyMap<string, string> = new Map()

/** Attributes by acronym. Values of numeric attributes that are not numbers go to `noteMalformed`, if given, and become unknown. */
function decodeAttributes(
  list: AttributeList | null,
  decoder: AttributeDecoder,
  noteMalformed: ((attribute: AttributeType, value: string) => void) | null,
): ReadonlyMap<string, string> {
  if (list === null) return noAttributes
  const values = new Map<string, string>()
  decoder.decode(list, (code, value) => {
    const attribute = ATTRIBUTES.get(code)
    if (attribute === undefined) values.set(`ATTL_${code}`, value)
    else if (noteMalformed !== null && MalformedNumbers.isMalformed(attribute, value)) {
      noteMalformed(attribute, value)
      values.set(attribute.acronym, '')
    } else values.set(attribute.acronym, value)
  })
  return values
}

function primitiveOf(record: FeatureRecord): Feature['primitive'] {
  switch (record.primitive) {
    case 1:
      return 'point'
    case 2:
      return 'line'
    case 3:
      return 'area'
    default:
      return 'none'
  }
}
