import { boxRing } from '#demo/cell-features.ts'
import { cutBands, type HeightBand } from '#demo/height-bands.ts'
import { createRandom } from '#demo/noise.ts'
import type { Position } from '#s57/geometry.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import type { BandPlan } from './band-plans.ts'
import { indexTemplate, type TemplateIndex } from './index-template.ts'
import { type TemplateCoverage, templateCoverage } from './template-coverage.ts'
import { type CoverageKind, reliefField, sampleField } from './template-fields.ts'
import { templateObjects } from './template-objects.ts'

/** Values in a template that each cell replaces with its own. */
export const PLACEHOLDER = { name: 'XX0TMPL0', edition: 10, date: '2026-01-01' }

/** What a catalogue lists about the cells of a template. */
export interface TemplateOutline {
  /** Height and width in degrees of the square from [0, 0] that it lies in. */
  side: number
  scale: number
  kind: CoverageKind
  coverage: TemplateCoverage
}

/** The geometry and content of many cells: an S-57 base file, and where in it a cell's own values go. */
export interface Template extends TemplateOutline {
  bytes: Uint8Array
  index: TemplateIndex
  /** A covered place, where updates put their wrecks. */
  inside: Position
}

/** Half of the cells are plain boxes; a third of band 5 has an irregular outline, like harbours cut out of a grid. */
const KINDS: readonly CoverageKind[] = ['box', 'outline', 'box', 'insets', 'outline', 'box', 'outline', 'holed', 'box', 'outline']

/** Scale and coverage of the template `number` of a band, which is all that a catalogue needs. */
export function outlineTemplate(plan: BandPlan, number: number, seed: number): TemplateOutline {
  const side = (plan.side[0] + plan.side[1]) / 2
  const scale = plan.scales[number % plan.scales.length] ?? 12_000
  const kind = KINDS[number % KINDS.length] ?? 'box'
  return { side, scale, kind, coverage: templateCoverage(kind, side, seedOf(plan, number, seed)) }
}

const seedOf = ({ band }: BandPlan, number: number, seed: number) => Math.imul(seed, 7919) + band * 100_003 + number * 611

/** Draws the template `number` of a band: always the same for the same seed. */
export function writeTemplate(plan: BandPlan, number: number, seed: number): Template {
  const outline = outlineTemplate(plan, number, seed)
  const { side, scale, coverage } = outline
  const own = seedOf(plan, number, seed)
  const size = plan.medianBytes * spread(createRandom(own)())
  const height = reliefField(plan, own)
  const grid = Math.round(Math.max(16, GRID_PER_ROOT_BYTE * Math.sqrt(size)))
  const bands = cutBands(sampleField(height, grid, side, plan.levels), plan.levels)
  const whole = (objectClass: string, attributes: FeatureSpec['attributes']): FeatureSpec => {
    return {
      objectClass,
      attributes: attributes ?? {},
      geometry: { type: 'Polygon', coordinates: [boxRing([0, 0, side, side])] },
    }
  }
  const objects = { side, scale, seed: own, height, isCovered: coverage.isCovered }
  const features = [
    ...coverage.features,
    whole('M_NSYS', { MARSYS: 2 }),
    whole('M_QUAL', { CATZOC: 3 }),
    ...bands.flatMap((band) => groundFeatures(band, plan)),
    ...templateObjects({ ...objects, features: size * FEATURES_PER_BYTE, soundings: size * SOUNDINGS_PER_BYTE }),
  ]
  const bytes = writeCell({
    name: PLACEHOLDER.name,
    edition: PLACEHOLDER.edition,
    issueDate: PLACEHOLDER.date,
    updateApplicationDate: PLACEHOLDER.date,
    usageBand: plan.band,
    compilationScale: scale,
    comment: 'Invented by Chartroom; not for navigation',
    dataLimit: [0, 0, side, side],
    features: features.map(withSource),
  })
  return { ...outline, bytes, index: indexTemplate(bytes), inside: insideOf(coverage, side) }
}

/** Found by trial so that sizes, features and vertices are in the proportions of NOAA's cells (2,000 features and 40,000 vertices a MB). */
const GRID_PER_ROOT_BYTE = 0.235
const FEATURES_PER_BYTE = 0.0011
const SOUNDINGS_PER_BYTE = 0.0075

/** Nearly every feature of NOAA's cells names its source. */
function withSource(feature: FeatureSpec): FeatureSpec {
  return { ...feature, attributes: { ...feature.attributes, SORDAT: '20240517', SORIND: 'US,US,graph,Chart 11512' } }
}

/** Of a share of all cells from 0 to 1 the factor of their size to the median: from a tenth to ten times, most near 1. */
function spread(share: number): number {
  const centred = 2 * share - 1
  return 10 ** (0.45 * centred + 0.55 * centred ** 3)
}

/** Land or a depth area, and the coastline or contour at its foot. */
function groundFeatures({ low, high, polygons, contours }: HeightBand, { levels, deepest }: BandPlan): FeatureSpec[] {
  const coastline = levels.at(-1) ?? 0
  const isLand = low === coastline
  const depths = { DRVAL1: high === coastline ? -coastline : -(high ?? 0) || 0, DRVAL2: low === null ? deepest : -low || 0 }
  return [
    ...polygons.map((coordinates): FeatureSpec => {
      const geometry = { type: 'Polygon' as const, coordinates }
      return isLand ? { objectClass: 'LNDARE', geometry } : { objectClass: 'DEPARE', attributes: depths, geometry }
    }),
    ...contours.map((coordinates): FeatureSpec => {
      const geometry = { type: 'LineString' as const, coordinates }
      return isLand
        ? { objectClass: 'COALNE', geometry }
        : { objectClass: 'DEPCNT', attributes: { VALDCO: -(low ?? 0) || 0 }, geometry }
    }),
  ]
}

function insideOf({ isCovered }: TemplateCoverage, side: number): Position {
  for (let i = 0; i < 400; i++) {
    const [x, y] = [0.025 + 0.05 * (i % 20), 0.475 + 0.05 * ((Math.floor(i / 20) % 2 === 0 ? 1 : -1) * Math.ceil(i / 40))]
    if (isCovered(x, y) > 0) return [x * side, y * side]
  }
  throw new Error('no covered place was found in a template')
}
