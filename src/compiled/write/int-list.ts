/** A list of 32-bit integers that grows; a plain array of numbers would take twice the memory and a copy at the end. */
export interface IntList {
  /** Its memory; only the first `length` entries count. */
  data: Int32Array
  length: number
}

export function createIntList(capacity = 1_024): IntList {
  return { data: new Int32Array(capacity), length: 0 }
}

export function push(list: IntList, value: number): void {
  if (list.length === list.data.length) {
    const larger = new Int32Array(Math.max(16, list.data.length * 2))
    larger.set(list.data)
    list.data = larger
  }
  list.data[list.length++] = value
}

/** Its entries, without copying. */
export function entries(list: IntList): Int32Array {
  return list.data.subarray(0, list.length)
}

/** The same 32 bits as unsigned numbers. */
export function unsigned(list: IntList): Uint32Array {
  return new Uint32Array(list.data.buffer as ArrayBuffer, 0, list.length)
}
