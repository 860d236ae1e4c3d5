import { LIBRARY_VERSIONS } from './library-versions.ts'
import { rasterTileAt, type StartPlace } from './start-place.ts'
import type { TokenBearer } from './token-bearer.ts'

export const CLIENTS = ['maplibre', 'openlayers', 'leaflet', 'qgis', 'signalk', 'curl'] as const
export type Client = (typeof CLIENTS)[number]

export interface SnippetSettings {
  /** Address of this server, with a slash at its end. */
  base: string
  bearer: TokenBearer
  place: StartPlace
  /** Attribution of the charts, in HTML. */
  attribution: string
}

/** What to paste into a client so that it shows the charts of this server. */
export function snippetFor(client: Client, settings: SnippetSettings): string {
  return WRITERS[client](settings)
}

/** The raster tile at the start of the map, with its token. */
export function trialTile(
  { base, bearer, place }: Omit<SnippetSettings, 'attribution'>,
  theme: 'day' | 'dusk' | 'night',
): string {
  const { z, x, y } = rasterTileAt(place)
  return `${base}api/v2/tiles/enc-raster-v2/${z}/${x}/${y}.png?theme=${theme}&token=${bearer}`
}

const WRITERS: Readonly<Record<Client, (settings: SnippetSettings) => string>> = {
  maplibre: ({ base, bearer, place: { longitude, latitude, zoom } }) =>
    htmlPage(
      [stylesheet(`maplibre-gl@${LIBRARY_VERSIONS.maplibre}/dist/maplibre-gl.css`)],
      [
        '<script type="module">',
        `  import * as maplibregl from '${library(`maplibre-gl@${LIBRARY_VERSIONS.maplibre}/dist/maplibre-gl.mjs`)}'`,
        '',
        '  new maplibregl.Map({',
        "    container: 'map',",
        `    style: '${base}api/v1/styles/base.json?token=${bearer}',`,
        `    center: [${longitude}, ${latitude}],`,
        `    zoom: ${zoom},`,
        // Beyond it MapLibre cuts the tiles of zoom 16 again, which interrupts complex lines.
        '    maxZoom: 20,',
        '  })',
        '</script>',
      ],
    ),
  openlayers: ({ base, bearer, place: { longitude, latitude, zoom } }) =>
    htmlPage(
      [
        stylesheet(`ol@${LIBRARY_VERSIONS.openlayers}/ol.css`),
        `<script src="${library(`ol@${LIBRARY_VERSIONS.openlayers}/dist/ol.js`)}"></script>`,
      ],
      [
        '<script>',
        '  const charts = new ol.source.TileJSON({',
        `    url: '${base}api/v2/tiles/enc-raster-v2.json?token=${bearer}',`,
        '  })',
        '  new ol.Map({',
        "    target: 'map',",
        '    layers: [new ol.layer.Tile({ source: charts })],',
        `    view: new ol.View({ center: ol.proj.fromLonLat([${longitude}, ${latitude}]), zoom: ${zoom + 1} }),`,
        '  })',
        '</script>',
      ],
    ),
  leaflet: ({ base, bearer, attribution, place: { longitude, latitude, zoom } }) =>
    htmlPage(
      [
        stylesheet(`leaflet@${LIBRARY_VERSIONS.leaflet}/dist/leaflet.css`),
        `<script src="${library(`leaflet@${LIBRARY_VERSIONS.leaflet}/dist/leaflet.js`)}"></script>`,
      ],
      [
        '<script>',
        `  const map = L.map('map').setView([${latitude}, ${longitude}], ${zoom + 1})`,
        `  L.tileLayer('${rasterTiles(base, bearer)}', {`,
        '    maxZoom: 22,',
        `    attribution: ${quoted(attribution)},`,
        '  }).addTo(map)',
        '</script>',
      ],
    ),
  qgis: ({ base, bearer }) => rasterTiles(base, bearer),
  signalk: ({ base, bearer }) =>
    JSON.stringify(
      {
        name: 'Chartroom',
        description: 'Nautical charts, not for navigation',
        minzoom: 1,
        maxzoom: 19,
        serverType: 'tilelayer',
        format: 'png',
        url: rasterTiles(base, bearer),
      },
      null,
      2,
    ),
  curl: ({ base, bearer, place }) => {
    const { z, x, y } = rasterTileAt(place)
    return [
      'curl --fail --output tile.png \\',
      `  --header 'Authorization: Bearer ${bearer}' \\`,
      `  '${base}api/v2/tiles/enc-raster-v2/${z}/${x}/${y}.png'`,
    ].join('\n')
  },
}

function rasterTiles(base: string, bearer: TokenBearer): string {
  return `${base}api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?token=${bearer}`
}

function library(file: string): string {
  return `https://unpkg.com/${file}`
}

function stylesheet(file: string): string {
  return `<link rel="stylesheet" href="${library(file)}">`
}

/** A whole page: saved as a file and opened, it shows the map. */
function htmlPage(head: readonly string[], script: readonly string[]): string {
  const indented = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `    ${line}`))
  return [
    '<!doctype html>',
    '<html lang="en">',
    '  <head>',
    '    <meta charset="utf-8">',
    '    <meta name="viewport" content="width=device-width, initial-scale=1">',
    '    <title>Charts</title>',
    ...indented(head),
    '    <style>html, body, #map { height: 100%; margin: 0 }</style>',
    '  </head>',
    '  <body>',
    '    <div id="map"></div>',
    ...indented(script),
    '  </body>',
    '</html>',
  ].join('\n')
}

/** A text as a string of a script within a page. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', ' ').replaceAll('</script', '<\\/script')}'`
}
