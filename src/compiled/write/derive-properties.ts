import { seabedWords } from '#s57/describe/seabed-words.ts'
import { NO_DEPTH } from '../format/compiled-cell.ts'
import { deriveCompanions, deriveLabel, isAid } from './derive-aids.ts'
import { deriveLights } from './derive-lights.ts'
import { deriveSymbols } from './derive-symbols.ts'
import type { DerivedProperties } from './derived-value.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { GeometryColumns } from './geometry-columns.ts'

/** Stands for no properties; nothing is ever set on it. */
const NONE: DerivedProperties = new Map()

/**
 * Derives the properties of features that tiles have beyond the attributes and columns of their own (docs/tiles.md): at compile time, so
 * that drawing only copies them.
 *
 * @param shallowest the least DRVAL1 of the depth areas that each danger touches, in millimetres; NO_DEPTH for none.
 */
export function deriveProperties(
  rows: readonly FeatureRow[],
  collector: GeometryColumns,
  shallowest: Int32Array,
): DerivedProperties[] {
  const derived: DerivedProperties[] = new Array(rows.length).fill(NONE)
  /** Most features have none. */
  const ownOf = (index: number): DerivedProperties => {
    if (derived[index] === NONE) derived[index] = new Map()
    return derived[index]!
  }
  rows.forEach((row, index) => {
    if (isAid(row)) deriveLabel(row, ownOf(index))
    else if (row.acronym === 'SBDARE') deriveSeabed(row, ownOf(index))
    else if (row.acronym === 'NEWOBJ') deriveSymbols(row.attributes, ownOf(index))
    if (shallowest[index] !== NO_DEPTH) ownOf(index).set('depthAroundMin', shallowest[index]! / 1_000)
    if (row.isInaccuratePoint) ownOf(index).set('lowAccuracy', true)
  })
  for (const place of placesOf(rows, collector)) {
    deriveCompanions(
      place.map((index) => rows[index]!),
      place.map(ownOf),
    )
    const lights = place.filter((index) => rows[index]!.acronym === 'LIGHTS')
    if (lights.length === 0) continue
    deriveLights(lights.map((index) => rows[index]!.attributes)).forEach((found, i) => {
      const own = ownOf(lights[i]!)
      for (const [name, value] of found) own.set(name, value)
    })
  }
  return derived
}

function deriveSeabed({ attributes }: FeatureRow, derived: DerivedProperties): void {
  const words = seabedWords(attributes.get('NATSUR') ?? '', attributes.get('NATQUA') ?? '')
  if (words !== '') derived.set('label', words)
}

/** Groups the point features other than soundings by position. */
function placesOf(rows: readonly FeatureRow[], { pointXY }: GeometryColumns): Iterable<number[]> {
  const places = new Map<string, number[]>()
  rows.forEach((row, index) => {
    if (row.endPoint === row.firstPoint || row.acronym === 'SOUNDG') return
    const key = `${pointXY.data[row.firstPoint * 2]} ${pointXY.data[row.firstPoint * 2 + 1]}`
    const place = places.get(key)
    if (place === undefined) places.set(key, [index])
    else place.push(index)
  })
  return places.values()
}
