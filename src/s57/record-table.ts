/**
 * Records by number. Producers number records from 1 with few gaps, so most are in an array, which is much faster than a Map. Numbers
 * far above the count go to a Map, so that a large number allocates no memory.
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
      // An array without holes stays fast.
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
