import type { WarningList } from '#s57/warning-list.ts'
import { createWorkBudget } from '#s57/work-budget.ts'
import type { TextDecoderOfValues } from './attribute-field.ts'
import { attributeTree } from './attribute-tree.ts'
import type { Assembly } from './curve-chains.ts'
import type { Dataset, DatasetHeader, Feature101, FeatureObject, InformationObject } from './dataset.ts'
import type { DatasetFactors } from './dataset-header.ts'
import type { DatasetStore } from './dataset-store.ts'
import { createGeometryAssembler, type GeometryAssembler, primitiveOf } from './feature-geometry.ts'
import { hasInaccuratePoint } from './point-geometry.ts'
import { PositionQuality } from './position-quality.ts'
import { type ObjectSource, ReadObject } from './read-object.ts'
import { FEATURE, type FeatureRecord, INFORMATION, recordName } from './records.ts'
import { S101Error } from './s101-error.ts'

/** The records of a dataset and what reading features from them needs. */
export interface StoredRecords {
  /** Name of the base, for messages. */
  file: string
  /** Size of all files. */
  bytes: number
  factors: DatasetFactors
  store: DatasetStore
  texts: TextDecoderOfValues
  warnings: WarningList
  /** How often, on average, features may use each coordinate. */
  mostPasses: number
}

const quiet = (): void => {}

/**
 * A dataset whose features are made from its records when they are asked for. It is no object with closures, because V8 would keep those,
 * with everything they close over, until the next full garbage collection.
 */
export class StoredDataset implements Dataset {
  readonly header: DatasetHeader
  readonly bytes: number
  readonly #records: StoredRecords
  readonly #assembler: GeometryAssembler
  readonly #information = new Map<number, InformationObject>()
  readonly #quality = new PositionQuality(this)
  readonly #quiet: ObjectSource

  constructor(header: DatasetHeader, records: StoredRecords) {
    this.header = header
    this.bytes = records.bytes
    this.#records = records
    this.#assembler = createGeometryAssembler(records.store, records.factors, this.#quality)
    this.#quiet = { texts: records.texts, information: this, warn: quiet }
  }

  get warnings(): string[] {
    return this.#records.warnings.list()
  }

  warn(message: string): void {
    this.#records.warnings.add(message)
  }

  *objects(of: { type?: string; associated?: boolean } = {}): Iterable<FeatureObject> {
    for (const record of this.#records.store.features.inOrder) {
      if (record === null || (of.type !== undefined && record.type !== of.type)) continue
      if (of.associated === true && record.associations === null) continue
      yield new ReadObject(record, this.#quiet)
    }
  }

  object(id: number): FeatureObject | undefined {
    const record = this.#records.store.features.get(id)
    return record === undefined ? undefined : new ReadObject(record, this.#quiet)
  }

  information(id: number): InformationObject | undefined {
    const { file, store, texts, warnings } = this.#records
    const record = store.information.get(id)
    if (record === undefined) return undefined
    let found = this.#information.get(id)
    if (found === undefined) {
      const warn = (message: string) => warnings.add(`${file}, ${recordName(INFORMATION, id)}: ${message}`)
      const attributes = attributeTree(record, texts, warn)
      found = { id, type: record.type, attributes, information: record.information ?? [] }
      this.#information.set(id, found)
    }
    return found
  }

  features(): Iterable<Feature101> {
    const records = this.#records
    const assembler = this.#assembler
    const quality = this.#quality
    return { [Symbol.iterator]: () => new FeatureIterator(records, assembler, quality, this) }
  }
}

/** Assembles features one at a time. A generator inside that of the conversion took 3 % more of the time of reading. */
class FeatureIterator implements Iterator<Feature101> {
  readonly #records: StoredRecords
  readonly #assembler: GeometryAssembler
  readonly #quality: PositionQuality
  readonly #source: ObjectSource
  readonly #assembly: Assembly
  #next = 0
  #record: FeatureRecord | null = null
  #isFirst = true

  constructor(records: StoredRecords, assembler: GeometryAssembler, quality: PositionQuality, information: StoredDataset) {
    const { file, store, texts, warnings, mostPasses } = records
    this.#records = records
    this.#assembler = assembler
    this.#quality = quality
    const budget = createWorkBudget(mostPasses * coordinatesOf(store), () => {
      const place = { file, record: recordName(FEATURE, this.#record?.id ?? 0), field: 'SPAS' }
      return new S101Error(place, 'its features name the same curves so often that assembling them was given up')
    })
    const warn = (message: string) => {
      if (this.#isFirst) warnings.add(`${file}, feature ${this.#record?.id} (${this.#record?.type}): ${message}`)
    }
    this.#source = { texts, information, warn }
    this.#assembly = { budget, warn }
  }

  next(): IteratorResult<Feature101, undefined> {
    const { store } = this.#records
    const { inOrder } = store.features
    while (this.#next < inOrder.length) {
      const record = inOrder[this.#next++]!
      if (record === null) continue
      this.#record = record
      this.#isFirst = !record.assembled
      record.assembled = true
      const geometry = this.#assembler.assemble(record, this.#assembly)
      const mayBeInaccurate = store.information.size > 0 && primitiveOf(record) === 'point'
      const isInaccuratePoint = mayBeInaccurate && hasInaccuratePoint(store, record.spatial!, this.#quality)
      return { done: false, value: { object: new ReadObject(record, this.#source), geometry, isInaccuratePoint } }
    }
    return { done: true, value: undefined }
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
