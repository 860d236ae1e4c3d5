import { RecordTable } from '#s57/record-table.ts'
import type { FeatureRecord } from './records.ts'

/** The features of a dataset by number (RCID), and in the order of the file; those that updates insert come last. */
export class FeatureTable {
  readonly #byId = new RecordTable<FeatureRecord>()
  /** With holes where features were deleted. */
  readonly #inOrder: (FeatureRecord | null)[] = []

  get size(): number {
    return this.#byId.size
  }

  get(id: number): FeatureRecord | undefined {
    return this.#byId.get(id)
  }

  /** Adds a feature at the end, or in the place of the one with its number. */
  set(id: number, record: FeatureRecord): void {
    record.place = this.#byId.get(id)?.place ?? this.#inOrder.length
    this.#inOrder[record.place] = record
    this.#byId.set(id, record)
  }

  delete(id: number): void {
    const record = this.#byId.get(id)
    if (record === undefined) return
    this.#inOrder[record.place] = null
    this.#byId.delete(id)
  }

  /** In order; null for one that was deleted. Reading an array by index makes no garbage, unlike iterating a Map. */
  get inOrder(): readonly (FeatureRecord | null)[] {
    return this.#inOrder
  }
}
