/**
 * Returns a value of a least-recently-used map, and makes it when it is missing. The last used is the last in the map.
 * @param most values that are kept.
 */
export function rememberLast<K, V extends object>(known: Map<K, V>, key: K, most: number, make: () => V): V {
  const value = known.get(key) ?? make()
  known.delete(key)
  known.set(key, value)
  const [oldest] = known.keys()
  if (known.size > most && oldest !== undefined) known.delete(oldest)
  return value
}
