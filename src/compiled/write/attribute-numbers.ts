import { isNumber } from '#s57/is-number.ts'

/** Returns a numeric attribute, or null when it is missing or not a number. */
export function numberOf(attributes: ReadonlyMap<string, string>, acronym: string): number | null {
  const text = attributes.get(acronym)
  return text !== undefined && isNumber(text) ? Number(text) : null
}

/** Returns a depth or height attribute in whole millimetres; null when it is missing or no such place exists on earth. */
export function millimetresOf(attributes: ReadonlyMap<string, string>, acronym: string): number | null {
  const metres = numberOf(attributes, acronym)
  return metres === null || Math.abs(metres) > 100_000 ? null : Math.round(metres * 1_000)
}
