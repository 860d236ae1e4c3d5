import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'

/** `DEPARE` for 42; `OBJL_1234` when the catalogue does not know the code. */
export function objectClassName(code: number): string {
  return OBJECT_CLASSES.get(code)?.acronym ?? `OBJL_${code}`
}

/** How a catalogue attribute is written; undefined for one outside the catalogue. */
export function attributeTypeOf(acronym: string) {
  return typeByAcronym.get(acronym)
}
const typeByAcronym = new Map([...ATTRIBUTES.values()].map(({ acronym, type }) => [acronym, type]))
