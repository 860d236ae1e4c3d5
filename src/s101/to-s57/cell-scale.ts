import { valueNamed } from '../attribute-node.ts'
import type { Dataset } from '../dataset.ts'

/** The compilation scale and usage band of a dataset, which S-101 states on its data coverages. */
export interface CellScale {
  compilationScale: number
  usageBand: number
}

/** Smallest scale denominators of the bands 1 to 5, as offices use them; anything larger in scale is band 6. */
const BAND_SCALES = [1_500_000, 350_000, 90_000, 22_000, 4_000]

/**
 * The compilation scale is the largest optimum display scale of the coverages, else the largest maximum display scale; 0 without any.
 * The band is the drawing index where one is given, else it follows from the scale.
 */
export function cellScaleOf(dataset: Dataset): CellScale {
  let optimum = Infinity
  let maximum = Infinity
  let index = 0
  for (const object of dataset.objects({ type: 'DataCoverage' })) {
    const { attributes } = object
    optimum = Math.min(optimum, scaleOf(valueNamed(attributes, 'optimumDisplayScale')))
    maximum = Math.min(maximum, scaleOf(valueNamed(attributes, 'maximumDisplayScale')))
    const drawing = Number(valueNamed(attributes, 'drawingIndex'))
    if (index === 0 && Number.isInteger(drawing) && drawing >= 1 && drawing <= 6) index = drawing
  }
  const scale = optimum < Infinity ? optimum : maximum
  if (scale === Infinity) return { compilationScale: 0, usageBand: index === 0 ? 5 : index }
  return { compilationScale: scale, usageBand: index === 0 ? bandOf(scale) : index }
}

const largestDenominator = 0xffff_ffff

function scaleOf(text: string): number {
  const scale = Number(text)
  return Number.isInteger(scale) && scale > 0 && scale <= largestDenominator ? scale : Infinity
}

/** Band 5 begins at 1:4,000 itself; the bands above it begin beyond their scale. */
function bandOf(scale: number): number {
  const band = BAND_SCALES.findIndex((limit, i) => (i === 4 ? scale >= limit : scale > limit))
  return band === -1 ? 6 : band + 1
}
