import { RecordTable } from '#s57/record-table.ts'
import { INSERT } from '#s57/records.ts'
import type { WarningList } from '#s57/warning-list.ts'
import { FeatureTable } from './feature-table.ts'
import type { DatasetFile } from './read-file.ts'
import {
  COMPOSITE_CURVE,
  CURVE,
  FEATURE,
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
  features: FeatureTable
}

/** Indexes the records of a base file. Of a record that occurs twice the last is kept, with a warning. */
export function createDatasetStore(base: DatasetFile, warnings: WarningList): DatasetStore {
  const kinds = [POINT, MULTIPOINT, CURVE, COMPOSITE_CURVE, SURFACE]
  const store: DatasetStore = {
    spatial: new Map(kinds.map((kind) => [kind, new RecordTable<SpatialRecord>()])),
    information: new RecordTable(),
    features: new FeatureTable(),
  }
  const check = (
    kind: number,
    { id, instruction }: { id: number; instruction: number },
    field: string,
    isThere: boolean,
  ): void => {
    if (instruction !== INSERT) {
      const message = `a base file can only insert records (RUIN is ${instruction}; 1 is accepted): is it an update?`
      throw new S101Error({ file: base.file, record: recordName(kind, id), field }, message)
    }
    if (isThere) warnings.add(`${base.file} has ${recordName(kind, id)} twice; kept the second`)
  }
  for (const record of base.information) {
    check(INFORMATION, record, 'IRID', store.information.get(record.id) !== undefined)
    store.information.set(record.id, record)
  }
  for (const record of base.spatial) {
    const records = store.spatial.get(record.kind)
    check(record.kind, record, 'RCNM', records?.get(record.id) !== undefined)
    if (records !== undefined) records.set(record.id, record)
    else warnings.add(`${base.file}: ${recordName(record.kind, record.id)} is of a kind that S-101 does not define; skipped it`)
  }
  for (const record of base.features) {
    check(FEATURE, record, 'FRID', store.features.get(record.id) !== undefined)
    store.features.set(record.id, record)
  }
  return store
}
