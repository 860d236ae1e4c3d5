import { RecordTable } from '#s57/record-table.ts'
import { INSERT } from '#s57/records.ts'
import type { WarningList } from '#s57/warning-list.ts'
import type { DatasetFile } from './read-file.ts'
import {
  COMPOSITE_CURVE,
  CURVE,
  FEATURE,
  type FeatureRecord,
  INFORMATION,
  type InformationRecord,
  MULTIPOINT,
  POINT,
  recordName,
  type SpatialRecord,
  SURFACE,
} from './records.ts'
import { S101Error } from './s101-error.ts'

/** The records of a dataset by number. */
export interface DatasetStore {
  /** By RCNM, then by RCID. */
  spatial: ReadonlyMap<number, RecordTable<SpatialRecord>>
  information: RecordTable<InformationRecord>
  /** In the order of the file. */
  features: Map<number, FeatureRecord>
}

/** Indexes the records of a base file. Of a record that occurs twice the last is kept, with a warning. */
export function createDatasetStore(base: DatasetFile, warnings: WarningList): DatasetStore {
  const kinds = [POINT, MULTIPOINT, CURVE, COMPOSITE_CURVE, SURFACE]
  const store: DatasetStore = {
    spatial: new Map(kinds.map((kind) => [kind, new RecordTable<SpatialRecord>()])),
    information: new RecordTable(),
    features: new Map(),
  }
  const check = (instruction: number, record: string, field: string, isThere: boolean): void => {
    if (instruction !== INSERT) {
      const message = `a base file can only insert records (RUIN is ${instruction}; 1 is accepted): is it an update?`
      throw new S101Error({ file: base.file, record, field }, message)
    }
    if (isThere) warnings.add(`${base.file} has ${record} twice; kept the second`)
  }
  for (const record of base.information) {
    check(record.instruction, recordName(INFORMATION, record.id), 'IRID', store.information.get(record.id) !== undefined)
    store.information.set(record.id, record)
  }
  for (const record of base.spatial) {
    const records = store.spatial.get(record.kind)
    const name = recordName(record.kind, record.id)
    check(record.instruction, name, 'RCNM', records?.get(record.id) !== undefined)
    if (records === undefined) warnings.add(`${base.file}: ${name} is of a kind that S-101 does not define; skipped it`)
    else records.set(record.id, record)
  }
  for (const record of base.features) {
    check(record.instruction, recordName(FEATURE, record.id), 'FRID', store.features.has(record.id))
    store.features.set(record.id, record)
  }
  return store
}
