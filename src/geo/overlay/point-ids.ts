/** Numbers points of the grid: the same position, the same number, from 0 on as they come. */
export interface PointIds {
  /** Begins anew, for at most so many points. */
  reset(most: number): void
  idOf(x: number, y: number): number
  /** How many different ones there were. */
  count(): number
  /** The position of each number; valid until the next `reset`. */
  x(): Int32Array
  y(): Int32Array
}

/** A table of open addressing in arrays that are used again: a Map of millions of points a second is mostly garbage. */
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
