/**
 * Records by their number. Producers number records from 1 on with few gaps, so most are found by their place in an array, which
 * takes a fraction of the time of a Map; numbers far beyond the count of records go to a Map, so that a file cannot ask for memory
 * by naming a large number.
 */
export class RecordTable<R> {
  readonly #near: (R | undefined)[] = []
  readonly #far = new Map<number, R>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(id: number): R | undefined {
    if (id < this.#near.length) {
      const found = this.#near[id]
      if (found !== undefined || this.#far.size === 0) return found
    }
    return this.#far.size === 0 ? undefined : this.#far.get(id)
  }

  set(id: number, record: R): void {
    if (this.get(id) === undefined) this.#size++
    if (id < 4 * this.#size + 1_024 && !this.#far.has(id)) {
      // Without holes the array stays of the quick kind.
      while (this.#near.length < id) this.#near.push(undefined)
      this.#near[id] = record
    } else this.#far.set(id, record)
  }

  delete(id: number): void {
    if (this.get(id) === undefined) return
    this.#size--
    if (!this.#far.delete(id)) this.#near[id] = undefined
  }

  /** In the order of their numbers, those far out last. */
  forEach(visit: (record: R) => void): void {
    for (const record of this.#near) if (record !== undefined) visit(record)
    for (const record of this.#far.values()) visit(record)
  }
}
