import { type CompiledCell, VALUE } from '../format/compiled-cell.ts'

/** Decodes a value by its index in `attributeValue`: a number, the numbers of a list, a text, or null for unknown. */
export function decodeValue(cell: CompiledCell, value: number): number | number[] | string | null {
  switch (cell.valueKind[value]) {
    case VALUE.number:
      return cell.valueNumber[value]!
    case VALUE.list:
      return listOf(cell.text(cell.valueText[value]!))
    case VALUE.empty:
      return null
    default:
      return cell.text(cell.valueText[value]!)
  }
}

/** Returns the numbers of a list such as `1,3,4`, without the empty members that S-57 allows in NATQUA and NATSUR. */
export function listOf(text: string): number[] {
  return text
    .split(',')
    .filter((member) => member.trim() !== '')
    .map(Number)
}

/** Returns the attributes of a feature by acronym. */
export function attributesOf(cell: CompiledCell, feature: number): Map<string, number | number[] | string | null> {
  const attributes = new Map<string, number | number[] | string | null>()
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    attributes.set(cell.text(cell.attributeKey[i]!), decodeValue(cell, cell.attributeValue[i]!))
  }
  return attributes
}

/** Returns the attributes of a feature by acronym as the file writes them; empty for unknown. */
export function attributeTexts(cell: CompiledCell, feature: number): Map<string, string> {
  const texts = new Map<string, string>()
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    const value = cell.attributeValue[i]!
    const isEmpty = cell.valueKind[value] === VALUE.empty
    texts.set(cell.text(cell.attributeKey[i]!), isEmpty ? '' : cell.text(cell.valueText[value]!))
  }
  return texts
}

/** Returns one attribute of a feature as the file writes it; null when it has none of that name, or no value for it. */
export function attributeText(cell: CompiledCell, feature: number, acronym: string): string | null {
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    const value = cell.attributeValue[i]!
    if (cell.text(cell.attributeKey[i]!) !== acronym) continue
    return cell.valueKind[value] === VALUE.empty ? null : cell.text(cell.valueText[value]!)
  }
  return null
}
