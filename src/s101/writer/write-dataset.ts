import type { Buffer } from 'node:buffer'
import type { DatasetRecordsSpec, DatasetSpec } from './dataset-spec.ts'
import { encodeDataset } from './encode-dataset.ts'
import { layOutDataset } from './lay-out-dataset.ts'

/** Writes a base dataset from features with geometry: the content of a `.000` file. */
export function writeDataset(spec: DatasetSpec): Buffer {
  return encodeDataset(layOutDataset(spec), false)
}

/** Writes a base dataset from its records. */
export function writeDatasetRecords(spec: DatasetRecordsSpec): Buffer {
  return encodeDataset(spec, false)
}

/** Writes an update from records with their instructions. */
export function writeDatasetUpdate(spec: DatasetRecordsSpec): Buffer {
  return encodeDataset({ ...spec, updateNumber: spec.updateNumber ?? 1 }, true)
}
