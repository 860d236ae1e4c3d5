import { expr, get, literal } from '#portrayal/text/expression.ts'
import { COMPLEX_LINE_HEIGHTS } from './complex-lines.ts'
import { ABOVE, type LayerDraft, paintOrder } from './layer-draft.ts'
import { fontOf, type StyleContext } from './style-context.ts'

/** Line where charts of another navigational purpose begin. */
const SCALE_BOUNDARY = 'SCLBDY51'

/** Ground without chart, background land, satellite imagery, and what is known of the cells: limits and overscale. */
export function cellLayers(context: StyleContext): LayerDraft[] {
  const { showNoData, showSatellite, satelliteTileUrl, maskLandAreas, showEncBoundaries, showOverscale } = context.options
  const imagery = showSatellite && satelliteTileUrl !== null
  const layers: LayerDraft[] = [
    { name: 'background', order: -10, type: 'background', source: null, paint: { 'background-color': '$NODTA' } },
  ]
  if (imagery) layers.push({ name: 'satellite', order: -8, type: 'raster', source: 'satellite' })
  else if (showNoData) layers.push(noData())
  if (!(imagery && maskLandAreas)) layers.push(backgroundLand())
  if (showOverscale) layers.push(overscale(), scaleBoundary())
  if (showEncBoundaries) layers.push(...boundaries(context))
  return layers
}

const noData = (): LayerDraft => ({
  name: 'no_data',
  order: -9,
  type: 'background',
  source: null,
  paint: { 'background-pattern': 'pattern/NODATA03' },
})

const backgroundLand = (): LayerDraft => ({
  name: 'basemap_land',
  order: -7,
  type: 'fill',
  source: 'enc',
  sourceLayer: 'basemap_land',
  paint: { 'fill-color': '$LANDA' },
})

/**
 * The pattern lies on ground drawn from a cell at more than twice its compilation scale. `nativeZoom` is rounded down, so two zooms
 * above it is at least that. Tiles say `finer` where a finer cell is near; elsewhere the user has zoomed in, and nothing fills a gap.
 */
const overscale = (): LayerDraft => ({
  name: 'overscale',
  order: paintOrder(3, 'pattern') + 0.5,
  type: 'fill',
  source: 'enc',
  sourceLayer: 'chart_cells',
  filter: expr('all', ['>=', ['zoom'], ['+', ['coalesce', ['get', 'nativeZoom'], 99], 2]], ['==', ['get', 'finer'], true]),
  paint: { 'fill-pattern': 'pattern/OVERSC01' },
})

/** DATCVR02: where the navigational purpose of the charts changes. */
const scaleBoundary = (): LayerDraft => ({
  name: 'scale_boundaries',
  order: paintOrder(3, 'line') + 0.25,
  type: 'line',
  source: 'enc',
  sourceLayer: 'scale_boundaries',
  paint: { 'line-pattern': `line/${SCALE_BOUNDARY}`, 'line-width': COMPLEX_LINE_HEIGHTS[SCALE_BOUNDARY] ?? 10 },
})

const boundaries = (context: StyleContext): LayerDraft[] => [
  {
    name: 'cell_boundaries',
    order: paintOrder(3, 'line') + 0.5,
    type: 'line',
    source: 'enc',
    sourceLayer: 'chart_cells',
    paint: { 'line-color': '$CHGRF', 'line-width': 1.2 },
  },
  {
    name: 'cell_names',
    order: ABOVE.text,
    type: 'symbol',
    source: 'enc',
    sourceLayer: 'chart_cells',
    layout: {
      'text-field': get('cell'),
      'text-font': fontOf(context, 'regular'),
      'text-size': 11,
      'text-offset': literal([0, 0]),
    },
    paint: { 'text-color': '$CHGRD', 'text-halo-color': '$UIBCK', 'text-halo-width': 1 },
  },
]
