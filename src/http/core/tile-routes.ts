import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { parseTileAddress } from '#tiles/parse-tile-address.ts'
import { data } from '#tiles/products/data.ts'
import { shoreline } from '#tiles/products/shoreline.ts'
import { vector } from '#tiles/products/vector.ts'
import { describeTiles } from '#tiles/tile-json.ts'
import type { App } from '../app.ts'
import { principalOf } from '../plugins/auth.ts'
import { problems } from '../schemas.ts'
import { goneSignal, sendTile } from './send-tile.ts'

const TAGS = ['Tiles']
const VECTOR = '/api/v2/tiles/enc-v2'

const Address = Type.Object({
  z: Type.String({ description: 'Zoom' }),
  x: Type.String({ description: 'Column, from west' }),
  y: Type.String({ description: 'Row, from north' }),
})
const Token = Type.Object({
  token: Type.Optional(Type.String({ description: 'The API token, for clients that cannot set headers' })),
})

function binary(type: string, description: string) {
  return { description, content: { [type]: { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } } }
}

/** Vector tiles with their TileJSON, chart data and shoreline as GeoJSON. */
export function tileRoutes(app: App, { tiles, version }: { tiles: Tiles; version: string }): void {
  app.get(
    `${VECTOR}.json`,
    {
      config: { auth: 'core' },
      schema: {
        tags: TAGS,
        summary: 'TileJSON of the vector tiles',
        querystring: Token,
        response: { 200: Type.Record(Type.String(), Type.Unknown()), ...problems(401) },
      },
    },
    async (request) => {
      const { token } = request.query
      // Who sent the token in the address cannot set a header, and so neither for the tiles.
      const query =
        token === undefined || request.headers.authorization !== undefined ? '' : `?token=${encodeURIComponent(token)}`
      return { ...describeTiles(`${request.protocol}://${request.host}${VECTOR}/{z}/{x}/{y}.mvt${query}`, version) }
    },
  )

  app.get(
    `${VECTOR}/:z/:x/:y.mvt`,
    {
      config: { auth: 'core' },
      schema: {
        tags: TAGS,
        summary: 'A vector tile of the charts',
        description: 'Mapbox Vector Tile 2.1, zoom 0 to 16; empty where there is neither chart nor land.',
        params: Address,
        querystring: Token,
        response: { 200: binary('application/x-protobuf', 'The tile'), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const address = parseTileAddress(request.params, vector.zooms)
      const signal = goneSignal(reply)
      const tile = await tiles.tile('vector', address, accountOf(request), signal)
      return await sendTile(request, reply, tile, signal, {
        whenEmpty: (headers) => reply.headers(headers).type(tile.contentType).send(Buffer.alloc(0)),
      })
    },
  )

  app.get(
    '/api/v2/tiles/data-geojson-v1/:z/:x/:y.json',
    {
      config: { auth: 'core' },
      schema: {
        tags: TAGS,
        summary: 'The chart data of a tile as GeoJSON',
        description: 'Zoom 10 and deeper; finer cells cover coarser ones.',
        params: Address,
        querystring: Token,
        response: { 200: binary('application/json', 'A FeatureCollection'), ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const address = parseTileAddress(request.params, data.zooms)
      const signal = goneSignal(reply)
      const tile = await tiles.tile('data', address, accountOf(request), signal)
      return await sendTile(request, reply, tile, signal, {
        whenEmpty: () => {
          throw new AppError('TILE_EMPTY', 404, 'No chart has anything in this tile.')
        },
      })
    },
  )

  app.get(
    '/api/v2/tiles/data-shoreline-v1/:z/:x/:y.json',
    {
      config: { auth: 'core' },
      schema: {
        tags: TAGS,
        summary: 'The land of a tile as GeoJSON',
        description: 'At most one feature; none where all is water. Below zoom 4 from the background map alone.',
        params: Address,
        querystring: Token,
        response: { 200: binary('application/json', 'A FeatureCollection'), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const address = parseTileAddress(request.params, shoreline.zooms)
      const signal = goneSignal(reply)
      const tile = await tiles.tile('shoreline', address, accountOf(request), signal)
      return await sendTile(request, reply, tile, signal, {
        whenEmpty: (headers) => reply.headers(headers).send({ type: 'FeatureCollection', features: [] }),
      })
    },
  )
}

function accountOf(request: Parameters<typeof principalOf>[0]): number {
  return principalOf(request).user.account.id
}
