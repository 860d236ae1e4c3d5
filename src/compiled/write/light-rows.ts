import { listedCodes } from '#s57/describe/listed-codes.ts'
import { LIGHT } from '../format/compiled-cell.ts'
import { numberOf } from './attribute-numbers.ts'
import { lightFigure, sectorOf } from './light-figure.ts'

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

/**
 * Returns the sector arc, circle or leg of a light, or null for a light that only has a flare.
 *
 * @param feature the index of the LIGHTS feature. @param attributes its attributes.
 */
export function lightRow(feature: number, attributes: ReadonlyMap<string, string>): LightRow | null {
  const row = {
    feature,
    range: numberOf(attributes, 'VALNMR') ?? Number.NaN,
    colour: Math.min(Math.max(Number.parseInt(attributes.get('COLOUR') ?? '', 10) || 0, 0), 255),
    faint: listedCodes(attributes.get('LITVIS')).some((value) => ['3', '7', '8'].includes(value)) ? 1 : 0,
    ring: 0,
  }
  const figure = lightFigure(attributes)
  const sector = sectorOf(attributes)
  if (figure === 'sector' && sector !== null) {
    return { ...row, kind: LIGHT.sector, from: reversed(sector[0]), to: reversed(sector[1]) }
  }
  const orientation = numberOf(attributes, 'ORIENT')
  if (figure === 'directional' && orientation !== null) {
    return { ...row, kind: LIGHT.directional, from: reversed(orientation), to: reversed(orientation) }
  }
  return figure === 'allRound' ? { ...row, kind: LIGHT.allRound, from: 0, to: 360 } : null
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
  // A circle is drawn outside all arcs.
  if (a.kind !== LIGHT.sector || b.kind !== LIGHT.sector) return false
  const width = (row: LightRow) => modulo(row.to - row.from)
  return modulo(b.from - a.from) < width(a) || modulo(a.from - b.from) < width(b)
}

/** Turns a bearing towards the light into one from the light, and back. */
function reversed(bearing: number): number {
  return modulo(bearing + 180)
}

function modulo(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}
