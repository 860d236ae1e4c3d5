/** Numbers by pairs of 32-bit integers: a Map would need a key of more than 31 bits for each pair, which V8 keeps as an object. */
export interface PairTable {
  /** The number of a pair; -1 for none. */
  get(a: number, b: number): number
  /** @param value from 0 up. */
  set(a: number, b: number, value: number): void
  /** Forgets all pairs. */
  clear(): void
}

const SMALLEST = 256

export function createPairTable(): PairTable {
  return new HashedPairs()
}

// A class, because its methods outlive a cell: V8 discards the optimised code of a function together with the function.
class HashedPairs implements PairTable {
  #slots = createSlots(SMALLEST)

  get(a: number, b: number): number {
    return this.#slots.values[placeOf(this.#slots, a, b)]!
  }

  set(a: number, b: number, value: number): void {
    if (this.#slots.used * 2 >= this.#slots.values.length) this.#grow()
    put(this.#slots, a, b, value)
  }

  clear(): void {
    this.#slots.values.fill(-1)
    this.#slots.used = 0
  }

  #grow(): void {
    const { keys, values } = this.#slots
    this.#slots = createSlots(values.length * 2)
    for (let at = 0; at < values.length; at++) {
      if (values[at] !== -1) put(this.#slots, keys[at * 2]!, keys[at * 2 + 1]!, values[at]!)
    }
  }
}

/** A hash table with open addressing; a value of -1 marks a free slot. */
interface Slots {
  keys: Int32Array
  values: Int32Array
  used: number
}

/** @param size a power of two. */
function createSlots(size: number): Slots {
  return { keys: new Int32Array(size * 2), values: new Int32Array(size).fill(-1), used: 0 }
}

/** Returns the slot of a pair, or the free one where it belongs. */
function placeOf({ keys, values }: Slots, a: number, b: number): number {
  const mask = values.length - 1
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  let at = (hash ^ (hash >>> 13)) & mask
  while (values[at] !== -1 && !(keys[at * 2] === a && keys[at * 2 + 1] === b)) at = (at + 1) & mask
  return at
}

function put(slots: Slots, a: number, b: number, value: number): void {
  const at = placeOf(slots, a, b)
  if (slots.values[at] === -1) slots.used++
  slots.keys[at * 2] = a
  slots.keys[at * 2 + 1] = b
  slots.values[at] = value
}
