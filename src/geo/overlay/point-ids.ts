/** Numbers grid points from 0 in the order of appearance; the same position always has the same number. */
export interface PointIds {
  /** Forgets all points and makes room for at most `most` of them. */
  reset(most: number): void
  idOf(x: number, y: number): number
  /** The number of different points. */
  count(): number
  /** Coordinates by number; overwritten after the next `reset`. */
  x(): Int32Array
  y(): Int32Array
}

/** A hash table with open addressing in reused arrays: a Map would spend its time on garbage at millions of points per second. */
export function createPointIds(): PointIds {
  let slots = new Int32Array(0)
  let xs = new Int32Array(0)
  let ys = new Int32Array(0)
  let mask = 0
  let found = 0

  return {
    reset(most) {
      let size = 16
      while (size < 2 * most) size *= 2
      if (slots.length < size) slots = new Int32Array(size)
      if (xs.length < most) {
        xs = new Int32Array(size)
        ys = new Int32Array(size)
      }
      mask = size - 1
      slots.fill(0, 0, size)
      found = 0
    },
    idOf(x, y) {
      let slot = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> 0
      slot = (slot ^ (slot >>> 15)) & mask
      for (;;) {
        const id = slots[slot]! - 1
        if (id < 0) break
        if (xs[id] === x && ys[id] === y) return id
        slot = (slot + 1) & mask
      }
      slots[slot] = ++found
      xs[found - 1] = x
      ys[found - 1] = y
      return found - 1
    },
    count: () => found,
    x: () => xs,
    y: () => ys,
  }
}
