/** Returns each item with the one after it, in order: [a, b], [b, c] ... */
export function pairs<T>(items: Iterable<T>): [T, T][] {
  const result: [T, T][] = []
  let before: { item: T } | null = null
  for (const item of items) {
    if (before !== null) result.push([before.item, item])
    before = { item }
  }
  return result
}
