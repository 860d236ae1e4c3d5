import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'

/** Returns the acronym of an object class: `DEPARE` for 42, `OBJL_1234` for a code outside the catalogue. */
export function objectClassName(code: number): string {
  return OBJECT_CLASSES.get(code)?.acronym ?? `OBJL_${code}`
}

/** Returns the type of an attribute by its acronym; undefined for one outside the catalogue. */
export function attributeTypeOf(acronym: string) {
  return typeByAcronym.get(acronym)
}
const typeByAcronym = new Map([...ATTRIBUTES.values()].map(({ acronym, type }) => [acronym, type]))
