import type { Rows } from './records.ts'

/** A list that a record spreads over several fields of one tag. */
export class SplitList {
  readonly #parts: Rows[] = []

  constructor(first: Rows) {
    this.#parts.push(first)
  }

  add(next: Rows): this {
    this.#parts.push(next)
    return this
  }

  /** All rows in one list, in a buffer of its own; `width` is the bytes per row. */
  join(width: number): Rows {
    const count = this.#parts.reduce((total, part) => total + part.count, 0)
    const bytes = new Uint8Array(count * width)
    let at = 0
    for (const { view, start, count: rows } of this.#parts) {
      bytes.set(new Uint8Array(view.buffer, view.byteOffset + start, rows * width), at)
      at += rows * width
    }
    return { view: new DataView(bytes.buffer), start: 0, count }
  }
}
