/** Attributes of the catalogue by acronym in lower case, with the words of their values. */
export type AttributeNames = Readonly<Record<string, { name: string; values?: Readonly<Record<string, string>> }>>

/** Attributes with their names and values in words, and the code behind a value in brackets. */
export function attributeRows(
  attributes: Readonly<Record<string, unknown>>,
  names: AttributeNames,
): { key: string; name: string; value: string }[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key: key.toUpperCase(),
    name: names[key]?.name ?? key.toUpperCase(),
    value: valueText(value, names[key]?.values),
  }))
}

function valueText(value: unknown, words: Readonly<Record<string, string>> | undefined): string {
  if (value === null || value === '') return 'unknown'
  const codes = Array.isArray(value) ? value.map(String) : String(value).split(',')
  const known = codes.map((code) => words?.[code.trim()])
  return words !== undefined && known.every((word) => word !== undefined)
    ? `${known.join(', ')} (${codes.join(', ')})`
    : String(value)
}
