/** The items whose text has every word that is asked for, in any case and order. @param textOf what of an item can be searched. */
export function findByText<T>(items: readonly T[], text: string, textOf: (item: T) => string): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  return items.filter((item) => {
    const held = textOf(item).toLowerCase()
    return words.every((word) => held.includes(word))
  })
}

/** What an address asks a list for, under these names; what it does not say is left out. */
export function readListSearch<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  ...names: readonly Name[]
): Partial<Record<Name, string>> {
  const given = names.flatMap((name) => {
    const value = search[name]
    return typeof value === 'string' && value !== '' ? [[name, value]] : []
  })
  return Object.fromEntries(given) as Partial<Record<Name, string>>
}
