import type { Buffer } from 'node:buffer'

const unitTerminator = 0x1f

/** Returns the same text as V8 interns it for property names, so that comparisons and look-ups only compare addresses. */
const interned = (name: string): string => Object.keys({ [name]: 0 })[0] ?? name

/** The names behind the numbers of one file (ATCS, FTCS and the like): each file numbers them as it likes. */
export class CodeTable {
  readonly #prefix: string
  readonly #names = new Map<number, string>()
  // An array is quicker than a Map, and a file's codes are small.
  readonly #near: string[] = []

  /** `prefix` names the table in the names of codes that it lacks: `ATCS_12`. */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** The name of a code. A code that the file does not list gets a name of its own. */
  nameOf(code: number): string {
    const near = this.#near[code]
    if (near !== undefined) return near
    return this.#names.get(code) ?? `${this.#prefix}_${code}`
  }

  /**
   * Adds the entries of a field: names up to a unit terminator, each with a number of two bytes. Returns whether the field ends after a
   * whole entry.
   */
  read(bytes: Buffer, start: number, end: number): boolean {
    let at = start
    while (at < end) {
      const stop = bytes.indexOf(unitTerminator, at)
      if (stop === -1 || stop + 3 > end) return false
      const name = interned(bytes.toString('utf8', at, stop))
      const code = bytes.readUInt16LE(stop + 1)
      this.#names.set(code, name)
      if (code === this.#near.length) this.#near.push(name)
      else if (code < this.#near.length) this.#near[code] = name
      else if (code < this.#near.length + 256) {
        while (this.#near.length < code)
          this.#near.push(this.#names.get(this.#near.length) ?? `${this.#prefix}_${this.#near.length}`)
        this.#near.push(name)
      }
      at = stop + 3
    }
    return true
  }
}
