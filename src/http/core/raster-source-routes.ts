import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Tiles } from '#tiles/create-tiles.ts'
import { png } from '#tiles/products/png.ts'
import { bearerOf, principalOf, queryTokenOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { problems } from '../base/schemas.ts'
import { parseStyleQuery, StyleQuery } from './style-query.ts'
import { wmtsCapabilities } from './wmts-capabilities.ts'

const RASTER = '/api/v2/tiles/enc-raster-v2'
/** The contract fixes it: clients enlarge the tiles of zoom 18. */
const STYLE_MAXIMUM_ZOOM = 18

/** Documents that tell clients where the raster tiles are: a style, a TileJSON and WMTS capabilities. All pass on the parameters. */
export function rasterSourceRoutes(app: App, { version, tiles }: { version: string; tiles: Pick<Tiles, 'attribution'> }): void {
  const json = {
    querystring: StyleQuery,
    response: { 200: Type.Record(Type.String(), Type.Unknown(), { description: 'The document' }), ...problems(400, 401) },
  }
  app.get(
    '/api/v1/styles/raster.json',
    {
      config: { auth: 'core', compress: false },
      schema: {
        tags: ['Styles'],
        operationId: 'getRasterStyle',
        summary: 'Style document of the raster tiles',
        description:
          'For clients that take a style: one source and one layer. The parameters of its own address are passed on to the tiles, and so is the token, also an API token from the header; a wrong parameter is refused here, with 400.',
        ...json,
      },
    },
    async (request) => ({
      version: 8,
      sources: {
        'raster-tiles': {
          type: 'raster',
          tiles: [tileUrl(app, request, headerTokenOf(request))],
          tileSize: 256,
          attribution: await tiles.attribution(),
        },
      },
      layers: [{ id: 'raster-tiles', type: 'raster', source: 'raster-tiles', minzoom: 0, maxzoom: STYLE_MAXIMUM_ZOOM }],
    }),
  )
  app.get(
    `${RASTER}.json`,
    {
      config: { auth: 'core', compress: false },
      schema: {
        tags: ['Tiles'],
        operationId: 'getRasterTileJson',
        summary: 'TileJSON of the raster tiles',
        description:
          'TileJSON 3.0.0: the address of the tiles, zooms 0 to 22 and the attribution. The parameters and the token of its own address are passed on to the tiles; a wrong parameter is refused here, with 400.',
        ...json,
      },
    },
    async (request) => ({
      tilejson: '3.0.0',
      name: 'enc-raster-v2',
      description: 'Electronic navigational charts as pictures',
      version,
      attribution: await tiles.attribution(),
      scheme: 'xyz',
      format: 'png',
      tiles: [tileUrl(app, request)],
      minzoom: png.zooms.shallowest,
      maxzoom: png.zooms.deepest,
      bounds: [-180, -85.0511, 180, 85.0511],
    }),
  )
  app.get(
    '/api/v1/wmts',
    {
      config: { auth: 'core', compress: false },
      schema: {
        tags: ['Tiles'],
        operationId: 'getWmtsCapabilities',
        summary: 'WMTS capabilities of the raster tiles',
        description:
          'OGC WMTS 1.0.0 with resource addresses (REST), in the tile matrix set GoogleMapsCompatible. The abstract of the layer is the attribution. The parameters and the token of its own address are passed on to the tiles.',
        querystring: StyleQuery,
        response: {
          200: {
            description: 'The capabilities',
            content: { 'application/xml': { schema: Type.Unsafe<unknown>({ type: 'string' }) } },
          },
          ...problems(400, 401),
        },
      },
    },
    async (request, reply) => {
      const base = app.clients.baseUrlOf(request.raw)
      const self = `${base}/api/v1/wmts${forwarded(request)}`
      const capabilities = wmtsCapabilities({ self, tileUrl: tileUrl(app, request), attribution: await tiles.attribution() })
      return await reply.type('application/xml; charset=utf-8').send(capabilities as never)
    },
  )
}

/**
 * The API token of a request that has it in its header; null for a session, which is never written into an address. The contract
 * puts it on the address of the tiles, for libraries that take the style but send no header for its tiles.
 */
function headerTokenOf(request: FastifyRequest): string | null {
  return principalOf(request).kind === 'apiToken' && queryTokenOf(request) === null ? bearerOf(request, false) : null
}

/** Checks the parameters, so that a wrong one is refused here and not by every tile. */
function tileUrl(app: App, request: FastifyRequest<{ Querystring: StyleQuery }>, token: string | null = null): string {
  parseStyleQuery(request.query)
  return `${app.clients.baseUrlOf(request.raw)}${RASTER}/{z}/{x}/{y}.png${forwarded(request, token)}`
}

/** The known parameters of a request, as it gave them, with the token that was in its address or this one instead. */
function forwarded(request: FastifyRequest, token: string | null = null): string {
  const names = new Set(Object.keys(StyleQuery.properties))
  const given = new URL(request.url, 'http://localhost').searchParams
  const kept = new URLSearchParams([...given].filter(([name]) => names.has(name)))
  if (token !== null) kept.set('token', token)
  return kept.size === 0 ? '' : `?${kept}`
}
