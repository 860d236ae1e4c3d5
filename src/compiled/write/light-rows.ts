import { LIGHT } from '../format/compiled-cell.ts'
import { numberOf } from './attribute-numbers.ts'

/** A row of `CompiledCell.lights`. */
export interface LightRow {
  feature: number
  kind: number
  from: number
  to: number
  range: number
  colour: number
  faint: number
  ring: number
}

/** From this range on, in nautical miles, an all-round light is drawn as a circle (S-52, LIGHTS06). */
const FAR_REACHING = 10

/**
 * Returns the sector arc or leg of a light, or null for a light that only has a flare.
 *
 * @param feature the index of the LIGHTS feature. @param attributes its attributes.
 */
export function lightRow(feature: number, attributes: ReadonlyMap<string, string>): LightRow | null {
  const first = numberOf(attributes, 'SECTR1')
  const second = numberOf(attributes, 'SECTR2')
  const range = numberOf(attributes, 'VALNMR')
  const categories = (attributes.get('CATLIT') ?? '').split(',')
  const row = {
    feature,
    range: range ?? Number.NaN,
    colour: Math.min(Math.max(Number.parseInt(attributes.get('COLOUR') ?? '', 10) || 0, 0), 255),
    faint: (attributes.get('LITVIS') ?? '').split(',').some((value) => ['3', '7', '8'].includes(value)) ? 1 : 0,
    ring: 0,
  }
  if (first !== null && second !== null && !isFullCircle(first, second)) {
    return { ...row, kind: LIGHT.sector, from: reversed(first), to: reversed(second) }
  }
  const orientation = numberOf(attributes, 'ORIENT')
  if (orientation !== null && (categories.includes('1') || categories.includes('16'))) {
    return { ...row, kind: LIGHT.directional, from: reversed(orientation), to: reversed(orientation) }
  }
  // Aeronautical, strip and flood lights do not serve navigation at sea.
  const notForShips = ['5', '8', '11'].some((category) => categories.includes(category))
  if (range === null || range < FAR_REACHING || notForShips) return null
  return { ...row, kind: LIGHT.allRound, from: 0, to: 360 }
}

/** Numbers sectors that overlap others at the same position, so that they can be drawn one outside the other. */
export function setRings(rows: LightRow[], placeOf: (row: LightRow) => string): void {
  const byPlace = new Map<string, LightRow[]>()
  for (const row of rows) {
    const earlier = byPlace.get(placeOf(row))
    if (earlier === undefined) byPlace.set(placeOf(row), [row])
    else {
      row.ring = Math.min(255, earlier.filter((other) => overlap(row, other)).length)
      earlier.push(row)
    }
  }
}

function overlap(a: LightRow, b: LightRow): boolean {
  if (a.kind === LIGHT.directional || b.kind === LIGHT.directional) return false
  const width = (row: LightRow) => (row.kind === LIGHT.allRound ? 360 : modulo(row.to - row.from))
  return modulo(b.from - a.from) < width(a) || modulo(a.from - b.from) < width(b)
}

function isFullCircle(first: number, second: number): boolean {
  return modulo(second - first) === 0
}

/** Turns a bearing towards the light into one from the light, and back. */
function reversed(bearing: number): number {
  return modulo(bearing + 180)
}

function modulo(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}
