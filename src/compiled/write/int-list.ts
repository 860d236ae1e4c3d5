/** A growing list of 32-bit integers: a plain array would take twice the memory and need a copy at the end. */
export interface IntList {
  /** The memory of the list, of which the first `length` entries are in use. */
  data: Int32Array
  length: number
}

/** @param capacity entries to make room for at first. */
export function createIntList(capacity = 1_024): IntList {
  return { data: new Int32Array(capacity), length: 0 }
}

/** Appends a value; its low 32 bits count. */
export function push(list: IntList, value: number): void {
  if (list.length === list.data.length) {
    const larger = new Int32Array(Math.max(16, list.data.length * 2))
    larger.set(list.data)
    list.data = larger
  }
  list.data[list.length++] = value
}

/** Returns the entries without copying them. */
export function entries(list: IntList): Int32Array {
  return list.data.subarray(0, list.length)
}

/** Returns the entries as unsigned integers, without copying them. */
export function unsigned(list: IntList): Uint32Array {
  return new Uint32Array(list.data.buffer as ArrayBuffer, 0, list.length)
}
