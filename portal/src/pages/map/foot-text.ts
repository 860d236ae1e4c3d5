import { scaleText } from '../../text/charts-en.ts'
import { timesItsScale } from './scale-bar.ts'
import { type DepthUnit, depthRangeText } from './units.ts'

/** Ground of the tiles under a point. */
export interface Ground {
  /** Layer of the tiles: `s57_depare`. */
  sourceLayer: string
  properties: Readonly<Record<string, unknown>>
}

/** Properties of the tiles' `chart_cells`. */
export interface DrawnCell {
  cell: string
  edition: number
  update: number
  scale: number
}

/** Reads the properties of `chart_cells` under a point. */
export function drawnCell(properties: Readonly<Record<string, unknown>>): DrawnCell {
  const { cell, edition, update, scale } = properties
  return { cell: String(cell), edition: Number(edition), update: Number(update), scale: Number(scale) }
}

/** The charted depth of the ground under a point, in words; of several areas that meet there, the shoalest. */
export function groundText(grounds: readonly Ground[], unit: DepthUnit): string {
  if (grounds.some(({ sourceLayer }) => sourceLayer === 's57_lndare')) return 'Land'
  if (grounds.some(({ sourceLayer }) => sourceLayer === 's57_unsare')) return 'Not surveyed'
  const ranges = grounds.map(({ properties }) => ({ from: numberOf(properties['DRVAL1']), to: numberOf(properties['DRVAL2']) }))
  const [shoalest] = ranges.toSorted((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY))
  if (shoalest === undefined) return ''
  if (shoalest.from === null) return 'Depth unknown'
  const text = depthRangeText(shoalest.from, shoalest.to, unit) ?? ''
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The chart in use: `US5GA22M 12.3, 1:20 000, drawn 2.3 times its scale`. */
export function chartText(cell: DrawnCell | null, latitude: number, zoom: number): string {
  if (cell === null) return 'No chart here'
  const { cell: name, edition, update, scale } = cell
  const parts = [`${name} ${edition}.${update}`]
  if (scale > 0) {
    parts.push(scaleText(scale))
    const times = timesItsScale(scale, latitude, zoom)
    if (times >= 1.05) parts.push(`drawn ${times.toFixed(1)} times its scale`)
  }
  return parts.join(', ')
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
