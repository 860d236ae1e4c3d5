import { Type } from '@fastify/type-provider-typebox'
import type { Tiles } from '#tiles/create-tiles.ts'
import { parseTileAddress } from '#tiles/parse-tile-address.ts'
import { data } from '#tiles/products/data.ts'
import type { CachedProductName } from '#tiles/products/product-table.ts'
import { shoreline } from '#tiles/products/shoreline.ts'
import { vector } from '#tiles/products/vector.ts'
import { describeTiles } from '#tiles/tile-json.ts'
import { principalOf, queryTokenOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { clientGone } from '../base/client-gone.ts'
import { problems, TokenQuery } from '../base/schemas.ts'
import type { RepeatedTiles } from './repeated-tiles.ts'
import { sendTile } from './send-tile.ts'
import { Address, tileContent } from './tile-schemas.ts'

const TAGS = ['Tiles']
const VECTOR = '/api/v2/tiles/enc-v2'

const NO_FEATURES = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [] }))

interface TileRoute {
  url: string
  /** A product whose requests are tiles. */
  product: { name: string; zooms: { shallowest: number; deepest: number }; contentType: string }
  name: CachedProductName
  /** The answer for a tile without content; null answers TILE_EMPTY (404). */
  empty: Buffer | null
  operationId: string
  summary: string
  description: string
  /** Of the answer. */
  answer: string
}

const ROUTES: readonly TileRoute[] = [
  {
    url: `${VECTOR}/:z/:x/:y.mvt`,
    name: 'vector',
    product: vector,
    empty: Buffer.alloc(0),
    operationId: 'getVectorTile',
    summary: 'A vector tile of the charts',
    description:
      'Mapbox Vector Tile 2.1, zoom 0 to 16; an empty 200 where there is neither chart nor land. Drawn at the first request and then kept; revalidate it with its ETag. The header X-Chart-Cells names the cells in it. `docs/tiles.md` describes the layers.',
    answer: 'The tile',
  },
  {
    url: '/api/v2/tiles/data-geojson-v1/:z/:x/:y.json',
    name: 'data',
    product: data,
    empty: null,
    operationId: 'getDataTile',
    summary: 'The chart data of a tile as GeoJSON',
    description:
      'Zoom 10 to 22: all objects of the charts with their attributes, where finer cells cover coarser ones. 404 TILE_EMPTY where there are none, 400 TILE_OUT_OF_RANGE below zoom 10.',
    answer: 'A FeatureCollection',
  },
  {
    url: '/api/v2/tiles/data-shoreline-v1/:z/:x/:y.json',
    name: 'shoreline',
    product: shoreline,
    empty: NO_FEATURES,
    operationId: 'getShorelineTile',
    summary: 'The land of a tile as GeoJSON',
    description:
      'Zoom 0 to 22: one polygon or multipolygon, and no feature where all is water. It comes from the cells that draw the zoom, and below zoom 4 only from the background map.',
    answer: 'A FeatureCollection',
  },
]

/** Vector tiles with their TileJSON, chart data and shoreline as GeoJSON. */
export function tileRoutes(app: App, options: { tiles: Tiles; repeated: RepeatedTiles; version: string }): void {
  tileJsonRoute(app, options)
  for (const route of ROUTES) tileRoute(app, options, route)
}

function tileRoute(app: App, { tiles, repeated }: { tiles: Tiles; repeated: RepeatedTiles }, route: TileRoute): void {
  const { name, empty } = route
  const { zooms, contentType } = route.product
  const [mediaType = contentType] = contentType.split(';')
  app.get(
    route.url,
    {
      config: { auth: 'core', work: 'tile', compress: false },
      schema: {
        tags: TAGS,
        operationId: route.operationId,
        summary: route.summary,
        description: route.description,
        params: Address,
        querystring: TokenQuery,
        response: { 200: tileContent(mediaType, route.answer), ...problems(400, 401, ...(empty === null ? [404] : []), 503) },
      },
    },
    async (request, reply) => {
      const address = parseTileAddress(request.params, zooms)
      const signal = clientGone(reply)
      const tile = await tiles.recentTile(name, address, principalOf(request).user.account.id, signal)
      return await sendTile(request, reply, tile, { signal, empty, repeated })
    },
  )
}

function tileJsonRoute(app: App, { version, tiles }: { version: string; tiles: Pick<Tiles, 'attribution'> }): void {
  app.get(
    `${VECTOR}.json`,
    {
      // The addresses may hold the token.
      config: { auth: 'core', compress: false },
      schema: {
        tags: TAGS,
        operationId: 'getVectorTileJson',
        summary: 'TileJSON of the vector tiles',
        description:
          'TileJSON 3.0.0: the address of the tiles, zooms 0 to 16, every layer with its fields, and the attribution. The address contains the token only when the request had it in its own address.',
        querystring: TokenQuery,
        response: { 200: Type.Record(Type.String(), Type.Unknown()), ...problems(401) },
      },
    },
    async (request) => {
      // A client that sends its token in the URL cannot set headers for the tiles either.
      const token = queryTokenOf(request)
      const query = token === null ? '' : `?token=${encodeURIComponent(token)}`
      const address = `${app.clients.baseUrlOf(request.raw)}${VECTOR}/{z}/{x}/{y}.mvt${query}`
      return { ...describeTiles(address, version, await tiles.attribution()) }
    },
  )
}
