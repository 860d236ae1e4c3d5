import type { CellExtent } from '#charts/cells/find-extent.ts'
import { png } from '#tiles/products/png.ts'
import { vector } from '#tiles/products/vector.ts'

/** A chart as version 2 of SignalK's resources API has it. */
export interface ChartResource {
  identifier: string
  name: string
  description: string
  /** How `url` is read: a tile address, a TileJSON, a style document or WMTS capabilities. */
  type: 'tilelayer' | 'tileJSON' | 'mapstyleJSON' | 'WMTS'
  url: string
  format: 'png' | 'pbf'
  minzoom: number
  maxzoom: number
  bounds: [west: number, south: number, east: number, north: number]
  /** Denominator. */
  scale: number
  layers: string[]
}

/** A chart as version 1 has it, with the members that version 2 renamed. */
export type OldChartResource = ChartResource & { tilemapUrl: string; chartLayers: string[] }

const WORLD: CellExtent = { box: [-180, -85.0511, 180, 85.0511], finestScale: 250_000 }
const THEMES = ['day', 'dusk', 'night'] as const

/**
 * The charts of this server for SignalK clients such as Freeboard-SK: pictures for each light, and the same charts drawn by the client.
 *
 * @param base address of the server, without a final slash.
 * @param query parameters that every address carries, such as the token and the safety contour.
 * @param extent of the cells that the caller sees; null for none.
 */
export function chartResources(base: string, query: URLSearchParams, extent: CellExtent | null): ChartResource[] {
  const { box, finestScale } = extent ?? WORLD
  const common = { bounds: box, scale: finestScale }
  const raster = { ...common, format: 'png' as const, minzoom: png.zooms.shallowest, maxzoom: png.zooms.deepest }
  // Clients replace the braces, which an encoded URL would hide.
  const address = (path: string, own: Record<string, string> = {}) => {
    const all = new URLSearchParams([...Object.entries(own), ...[...query].filter(([name]) => !(name in own))])
    return `${base}${path}${all.size === 0 ? '' : `?${all}`}`
  }
  const pictures = THEMES.map((theme): ChartResource => {
    const url = address('/api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png', { theme })
    const name = `Nautical charts, ${theme}`
    return {
      identifier: `enc-${theme}`,
      name,
      description: `Pictures in the colours for ${theme}`,
      type: 'tilelayer',
      url,
      layers: [],
      ...raster,
    }
  })
  return [
    ...pictures,
    {
      identifier: 'enc-vector',
      name: 'Nautical charts, vector',
      description: 'Vector tiles with their style document; the client draws them',
      type: 'mapstyleJSON',
      url: address('/api/v1/styles/base.json'),
      layers: [],
      ...common,
      format: 'pbf',
      minzoom: vector.zooms.shallowest,
      maxzoom: png.zooms.deepest,
    },
    {
      identifier: 'enc-tilejson',
      name: 'Nautical charts, TileJSON',
      description: 'Pictures by way of their TileJSON',
      type: 'tileJSON',
      url: address('/api/v2/tiles/enc-raster-v2.json'),
      layers: [],
      ...raster,
    },
    {
      identifier: 'enc-wmts',
      name: 'Nautical charts, WMTS',
      description: 'Pictures by way of WMTS capabilities',
      type: 'WMTS',
      url: address('/api/v1/wmts'),
      layers: ['enc-raster-v2'],
      ...raster,
    },
  ]
}

/** The same chart for clients of version 1, which read its address and layers under older names. */
export function toOldResource(chart: ChartResource): OldChartResource {
  return { ...chart, tilemapUrl: chart.url, chartLayers: chart.layers }
}
