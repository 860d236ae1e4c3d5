import type { CellSpec } from './cell-spec.ts'
import { encodeDataSet } from './encode-data-set.ts'
import { layOutFeatures } from './lay-out-features.ts'

/**
 * Writes a base cell (S-57 edition 3.1, `.000`); equal specs give equal bytes. Features are numbered from 1 in their order;
 * `layOutFeatures` returns the numbers of nodes and edges, for updates that change them. Throws Error or RangeError for a spec that
 * S-57 cannot represent.
 */
export function writeCell(spec: CellSpec): Uint8Array {
  const dates = { updateApplicationDate: spec.issueDate ?? '2026-01-01', issueDate: '2026-01-01' }
  return encodeDataSet('base', { ...dates, ...spec }, layOutFeatures(spec, spec.features))
}
