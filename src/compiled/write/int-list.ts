import { PermanentError } from '#lib/errors.ts'

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

/** 256 MB: features that name the same edges many times would otherwise fill the memory outside the heap of the thread. */
const MOST_ENTRIES = 2 ** 26

/** Appends a value; its low 32 bits count. @throws PermanentError when the list has reached its largest size. */
export function push(list: IntList, value: number): void {
  if (list.length === list.data.length) {
    if (list.length >= MOST_ENTRIES) throw new PermanentError('its features have more positions than a compiled cell can hold')
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
