// Scratch memory, reused by every call.
let keys = new Float64Array(0)

/**
 * Writes the indices 0..count-1 to `order`, sorted by their values; equal values keep their order. It sorts numbers that combine value
 * and index, because a sort without a comparison function is several times faster.
 *
 * @param values fewer than 2^22 whole numbers, less than 2^31 apart.
 */
export function sortOrder(values: Int32Array, count: number, order: Int32Array): void {
  let least = Infinity
  let isSorted = true
  for (let i = 0; i < count; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (i > 0 && value < values[i - 1]!) isSorted = false
    order[i] = i
  }
  if (isSorted) return
  if (keys.length < count) keys = new Float64Array(Math.max(count, 2 * keys.length))
  for (let i = 0; i < count; i++) keys[i] = (values[i]! - least) * count + i
  const sorted = keys.subarray(0, count).sort()
  for (let i = 0; i < count; i++) order[i] = sorted[i]! % count
}
