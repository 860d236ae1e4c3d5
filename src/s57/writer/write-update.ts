import type { UpdateSpec } from './cell-spec.ts'
import { encodeDataSet } from './encode-data-set.ts'
import { layOutFeatures } from './lay-out-features.ts'

const FIRST_NEW_ID = 100_001

/**
 * Writes an update (`.001` and later) of a cell: the given records with their instructions, and the features to insert. By default
 * it is update 1 of edition 1; edition 0 cancels the cell. Throws Error or RangeError for a spec that S-57 cannot represent.
 */
export function writeUpdate(spec: UpdateSpec): Uint8Array {
  const inserted = layOutFeatures(spec, spec.insert ?? [], spec.firstId ?? FIRST_NEW_ID)
  return encodeDataSet(
    'update',
    { updateNumber: 1, issueDate: '2026-01-08', ...spec },
    {
      vectors: [...(spec.vectors ?? []), ...inserted.vectors],
      features: [...(spec.features ?? []), ...inserted.features],
    },
  )
}
