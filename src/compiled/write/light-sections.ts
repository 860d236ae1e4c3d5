import type { SectionName } from '../format/compiled-format.ts'
import type { FeatureRow } from './feature-rows.ts'
import { type LightRow, lightRow, setRings } from './light-rows.ts'
import type { PointColumns } from './point-columns.ts'

/** Returns the rows of the lights of a cell in the order of the features. */
export function lightRows(rows: readonly FeatureRow[], points: PointColumns): LightRow[] {
  const lights: LightRow[] = []
  rows.forEach((row, index) => {
    if (row.acronym !== 'LIGHTS' || row.endPoint === row.firstPoint) return
    const light = lightRow(index, row.attributes)
    if (light !== null) lights.push(light)
  })
  setRings(lights, ({ feature }) => {
    const point = points.starts[feature]!
    return `${points.xy[point * 2]} ${points.xy[point * 2 + 1]}`
  })
  return lights
}

/** Builds the sections of the lights. */
export function lightSections(lights: readonly LightRow[]): [SectionName, ArrayBufferView][] {
  return [
    ['lightFeature', Uint32Array.from(lights, ({ feature }) => feature)],
    ['lightKind', Uint8Array.from(lights, ({ kind }) => kind)],
    ['lightFrom', Float32Array.from(lights, ({ from }) => from)],
    ['lightTo', Float32Array.from(lights, ({ to }) => to)],
    ['lightRange', Float32Array.from(lights, ({ range }) => range)],
    ['lightColour', Uint8Array.from(lights, ({ colour }) => colour)],
    ['lightFaint', Uint8Array.from(lights, ({ faint }) => faint)],
    ['lightRing', Uint8Array.from(lights, ({ ring }) => ring)],
  ]
}
