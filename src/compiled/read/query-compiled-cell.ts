import { v5 } from 'uuid'
import { turned, turnsOnto, type WorldBox } from '#geo/world.ts'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { type CompiledCell, VALUE } from '../format/compiled-cell.ts'

/** Namespace of the UUIDs of cells and features (RFC 9562, version 5); made once at random, never to be changed. */
const NAMESPACE = '8f5d9a52-3e0c-4c3e-9d43-5d1e7f6a2b10'

/** The UUID of a cell by its name, the same in every edition. */
export function cellUuid(name: string): string {
  return v5(name, NAMESPACE)
}

/** The UUID of a feature: of its cell, agency, FIDN and FIDS, so it stays the same through updates and editions. */
export function featureUuid(cell: CompiledCell, feature: number): string {
  const { agency, featureId, featureSubdivision } = cell
  return v5(`${cell.header.name}/${agency[feature]}/${featureId[feature]}/${featureSubdivision[feature]}`, NAMESPACE)
}

/** `DEPARE` for 42; `OBJL_1234` when the catalogue does not know the code. */
export function objectClassName(code: number): string {
  return OBJECT_CLASSES.get(code)?.acronym ?? `OBJL_${code}`
}

/** The value of an attribute by the index in `attributeValue`: a number, the numbers of a list, text, or null for unknown. */
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

/** The numbers of `1,3,4`; empty members (S-57 has them in NATQUA and NATSUR) are left out. */
export function listOf(text: string): number[] {
  return text
    .split(',')
    .filter((member) => member.trim() !== '')
    .map(Number)
}

/** The attributes of a feature by acronym. */
export function attributesOf(cell: CompiledCell, feature: number): Map<string, number | number[] | string | null> {
  const attributes = new Map<string, number | number[] | string | null>()
  for (let i = cell.attributeStart[feature]!; i < cell.attributeStart[feature + 1]!; i++) {
    attributes.set(cell.text(cell.attributeKey[i]!), decodeValue(cell, cell.attributeValue[i]!))
  }
  return attributes
}

/** How a catalogue attribute is written; undefined for one outside the catalogue. */
export function attributeTypeOf(acronym: string) {
  return typeByAcronym.get(acronym)
}
const typeByAcronym = new Map([...ATTRIBUTES.values()].map(({ acronym, type }) => [acronym, type]))

/**
 * Where a cell meets a box of the world: the box in the cell's own units, and how far east it was moved for that. A cell that
 * crosses the antimeridian goes on beyond WORLD, so it may meet a box twice. Empty when the cell lies elsewhere.
 */
export function boxesInCell({ header }: CompiledCell, box: WorldBox): { box: WorldBox; turn: number }[] {
  return turnsOnto(box, header).map((turn) => ({ box: turned(box, turn), turn }))
}

/**
 * Indices of the features, soundings left out, whose box meets a box in the cell's units, in ascending order: class by class.
 *
 * @param lastZoom features that come into view at a later zoom are left out.
 */
export function featuresIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { featureIndex, indexedFeatures, minZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => minZoom[indexedFeatures[item]!]! <= lastZoom
  const found = featureIndex?.search(minX, minY, maxX, maxY, isShown) ?? []
  return found.map((item) => indexedFeatures[item]!).sort((a, b) => a - b)
}

/**
 * Indices into `indexedPoints` of the soundings in a box in the cell's units, in ascending order.
 *
 * @param lastZoom soundings that come into view at a later zoom are left out.
 */
export function soundingsIn(cell: CompiledCell, { minX, minY, maxX, maxY }: WorldBox, lastZoom = Infinity): number[] {
  const { soundingIndex, indexedPoints, pointZoom } = cell
  const isShown = lastZoom === Infinity ? undefined : (item: number) => pointZoom[indexedPoints[item]!]! <= lastZoom
  return (soundingIndex?.search(minX, minY, maxX, maxY, isShown) ?? []).sort((a, b) => a - b)
}
