import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { OWN_CLASSES } from '#s101/own-classes.ts'

/**
 * Returns the acronym of an object class: `DEPARE` for 42, `OBJL_1234` for a code outside the catalogue, and `s101_helipad` for a class
 * that only S-101 has.
 */
export function objectClassName(code: number): string {
  return OBJECT_CLASSES.get(code)?.acronym ?? OWN_CLASSES.get(code)?.acronym ?? `OBJL_${code}`
}

/** Classes of inland ENCs for which there is no sea class of the same name, and the sea class that looks most like each. */
const COUNTERPARTS: Readonly<Record<string, string>> = { bcnwtw: 'BCNSPP', boywtw: 'BOYSPP' }

const acronyms = new Set([...OBJECT_CLASSES.values()].map(({ acronym }) => acronym))

/**
 * Returns the class that a class is compiled and drawn as: for a class of inland ENCs its counterpart at sea (`DEPARE` for `depare`),
 * otherwise the class itself.
 */
export function drawnClassName(acronym: string): string {
  const sea = COUNTERPARTS[acronym] ?? upperCase.get(acronym) ?? acronym.toUpperCase()
  return acronyms.has(sea) ? sea : acronym
}

/** Returns the layer of a class in tiles and styles: `s57_depare`; classes that only S-101 has are named as their layers. */
export function layerOfClass(acronym: string): string {
  const name = acronym.toLowerCase()
  return name.startsWith('s101_') ? name : `s57_${name}`
}

/** Key of the text that holds a feature in the terms of S-101. It is not an attribute, and tiles never have it. */
export const ORIGINAL_KEY = 'S101'

/** Returns the type of an attribute by its acronym; undefined for one outside the catalogue. */
export function attributeTypeOf(acronym: string) {
  return typeByAcronym.get(acronym)
}
const typeByAcronym = new Map([...ATTRIBUTES.values()].map(({ acronym, type }) => [acronym, type]))

/** Known names in upper case: `toUpperCase` makes a new string even when nothing changes. */
const upperCase = new Map([...typeByAcronym.keys(), ...acronyms].map((name) => [name, name.toUpperCase()]))

/**
 * Returns the attributes that the attributes of a feature are compiled and drawn as. An attribute of inland ENCs becomes the one of the
 * same name at sea (`CATLAM` for `catlam`), whose values it extends, unless the feature already has that one or the value is a list where
 * the sea has a single value.
 */
export function drawnAttributes(attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let drawn: Map<string, string> | null = null
  for (const acronym of attributes.keys()) {
    const sea = upperCase.get(acronym) ?? acronym.toUpperCase()
    if (sea === acronym || attributes.has(sea) || !typeByAcronym.has(sea)) continue
    const text = attributes.get(acronym)!
    if (typeByAcronym.get(sea) !== 'list' && text.includes(',')) continue
    drawn ??= new Map(attributes)
    drawn.delete(acronym)
    drawn.set(sea, text)
  }
  return drawn ?? attributes
}
