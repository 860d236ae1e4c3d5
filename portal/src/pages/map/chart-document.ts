import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { type GroupedLayer, hiddenLayers } from './layer-groups.ts'
import type { Display } from './map-view.ts'

/** The parts of a MapLibre style that the map changes. */
export interface StyleDocument {
  sources: Record<string, unknown>
  layers: StyleLayer[]
  [key: string]: unknown
}

export interface StyleLayer extends GroupedLayer {
  layout?: Record<string, unknown>
  [key: string]: unknown
}

/** The layer that tells which cell draws the ground: invisible, but queried. */
export const CELLS_LAYER = 'portal_cells'
export const PICKED = 'portal_picked'

/** Query of the style document for a display. */
export function styleQuery(display: Display): Record<string, string | number | boolean> {
  return {
    theme: display.theme,
    depthLimit: display.depth,
    depthUnits: display.units,
    showLightSectors: display.sectors,
    showEncBoundaries: display.outlines,
    showOverscale: display.overscale,
    showUserReports: display.reports,
  }
}

/** Colours that stand out on each theme, for what is picked. */
const MARK = { day: '#c2185b', dusk: '#f06292', night: '#ff7a66' }

/**
 * The style to show: the server's, with groups hidden, a layer for querying cells, and what is picked on top.
 * @param picked GeoJSON geometry of the objects of a card, or null.
 */
export function chartDocument(served: StyleDocument, display: Display, picked: Geometry | null): StyleDocument {
  const hidden = new Set(hiddenLayers(served.layers, display.hidden))
  const layers = served.layers.map((layer) =>
    hidden.has(layer.id) ? { ...layer, layout: { ...layer.layout, visibility: 'none' } } : layer,
  )
  const colour = MARK[display.theme]
  const source = PICKED
  return {
    ...served,
    sources: { ...served.sources, [PICKED]: { type: 'geojson', data: pickedData(picked) } },
    layers: [
      ...layers,
      { id: CELLS_LAYER, type: 'fill', source: 'enc', 'source-layer': 'chart_cells', paint: { 'fill-opacity': 0 } },
      {
        id: `${PICKED}_fill`,
        type: 'fill',
        source,
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': colour, 'fill-opacity': 0.08 },
      },
      {
        id: `${PICKED}_line`,
        type: 'line',
        source,
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': colour, 'line-width': ['match', ['geometry-type'], 'Polygon', 1.5, 2.5] },
      },
    ] as StyleLayer[],
  }
}

/** The data of the source of what is picked. Points are marked by the ring on the page, not here. */
export function pickedData(geometry: Geometry | null): FeatureCollection {
  const features: Feature[] = geometry === null ? [] : [{ type: 'Feature', properties: {}, geometry }]
  return { type: 'FeatureCollection', features }
}

/** Ids of layers of a class of ground, to query what lies under a point. */
export function layersOfSource(document: StyleDocument, sources: readonly string[]): string[] {
  return document.layers
    .filter((layer) => layer.type === 'fill' && sources.includes(layer['source-layer'] ?? ''))
    .map(({ id }) => id)
}
