import type { CellStore } from './cell-store.ts'
import type { RecordTable } from './record-table.ts'
import { EDGE, FSPT_WIDTH, type Rows, type VectorRecord, vectorName } from './records.ts'

/** A real feature passes an edge at most twice (there and back); more would let a few bytes ask for any amount of memory. */
const mostUses = 2

/** Resolves the pointers of features to spatial records (FSPT), and limits how often one feature may use a record. */
export class SpatialPointers {
  readonly #vectors: CellStore['vectors']
  readonly #edges: RecordTable<VectorRecord>
  // Numbers the features, so that the uses of a record by one feature are not counted for another.
  #feature = 0

  constructor(store: CellStore) {
    this.#vectors = store.vectors
    this.#edges = store.vectors.get(EDGE)!
  }

  /** Call before the first pointer of each feature. */
  beginFeature(): void {
    this.#feature++
  }

  /** The record that row `row` of FSPT points to; null, with a warning, when it is missing or used too often. */
  resolve(spatial: Rows, row: number, warn: (message: string) => void): VectorRecord | null {
    const at = spatial.start + row * FSPT_WIDTH
    const kind = spatial.view.getUint8(at)
    const id = spatial.view.getUint32(at + 1, true)
    const record = kind === EDGE ? this.#edges.get(id) : this.#vectors.get(kind)?.get(id)
    if (record === undefined) {
      warn(`${vectorName(kind, id)} is missing`)
      return null
    }
    if (record.usedBy !== this.#feature) {
      record.usedBy = this.#feature
      record.uses = 0
    }
    if (++record.uses > mostUses) {
      warn(`the feature uses ${vectorName(kind, id)} more than ${mostUses} times`)
      return null
    }
    return record
  }
}
