import type { DataSet } from './read-file.ts'
import { RecordTable } from './record-table.ts'
import {
  CONNECTED_NODE,
  EDGE,
  FACE,
  type FeatureRecord,
  INSERT,
  ISOLATED_NODE,
  type VectorRecord,
  vectorName,
} from './records.ts'
import { S57Error } from './s57-error.ts'
import type { WarningList } from './warning-list.ts'

/** The records of a cell by number, in the order of the file. */
export interface CellStore {
  /** By RCNM, then by RCID. */
  vectors: ReadonlyMap<number, RecordTable<VectorRecord>>
  features: Map<number, FeatureRecord>
}

/** Indexes the records of a base file. Of a record that occurs twice the last is kept, with a warning. */
export function createCellStore(base: DataSet, warnings: WarningList): CellStore {
  const vectors = new Map([ISOLATED_NODE, CONNECTED_NODE, EDGE, FACE].map((kind) => [kind, new RecordTable<VectorRecord>()]))
  const features = new Map<number, FeatureRecord>()
  const refuse = (instruction: number, record: string, field: string): never => {
    const message = `a base file can only insert records (RUIN is ${instruction}; 1 is accepted): is it an update?`
    throw new S57Error({ file: base.file, record, field }, message)
  }
  for (const record of base.vectors) {
    if (record.instruction !== INSERT) refuse(record.instruction, vectorName(record.kind, record.id), 'VRID')
    const kind = vectors.get(record.kind)
    if (kind === undefined) {
      warnings.add(`${base.file}: ${vectorName(record.kind, record.id)} is of a kind that S-57 does not define; skipped it`)
      continue
    }
    if (kind.get(record.id) !== undefined) {
      warnings.add(`${base.file} has ${vectorName(record.kind, record.id)} twice; kept the second`)
    }
    kind.set(record.id, record)
  }
  for (const record of base.features) {
    if (record.instruction !== INSERT) refuse(record.instruction, `feature ${record.id}`, 'FRID')
    if (features.has(record.id)) warnings.add(`${base.file} has feature ${record.id} twice; kept the second`)
    features.set(record.id, record)
  }
  return { vectors, features }
}
