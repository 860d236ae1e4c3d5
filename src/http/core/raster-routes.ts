import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { parseTileAddress } from '#tiles/parse-tile-address.ts'
import { metatileOf } from '#tiles/products/png/blocks.ts'
import { placeInMetatile, tileOfMetatile } from '#tiles/products/png/metatile-file.ts'
import { png } from '#tiles/products/png.ts'
import type { Tile } from '#tiles/tile-service.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { clientGone } from '../base/client-gone.ts'
import { problems } from '../base/schemas.ts'
import { rasterStyleOf } from './raster-styles.ts'
import type { RepeatedTiles } from './repeated-tiles.ts'
import { sendTile } from './send-tile.ts'
import { parseStyleQuery, StyleQuery } from './style-query.ts'
import { Address } from './tile-schemas.ts'

type TileAddress = ReturnType<typeof parseTileAddress>

/** Names of the raster tiles: the documented one, and the one of older clients. */
const RASTER_SETS = ['enc-raster-v2', 'raster-v1'] as const

const RasterAddress = Type.Object({
  ...Address.properties,
  y: Type.String({ description: 'Row, from north; with @2x for 512 pixels' }),
})

/** Raster tiles painted from the style of the charts. */
export function rasterRoutes(
  app: App,
  { tiles, styles, repeated }: { tiles: Tiles; styles: Styles; repeated: RepeatedTiles },
): void {
  for (const set of RASTER_SETS) {
    app.get(
      `/api/v2/tiles/${set}/:z/:x/:y.png`,
      {
        config: { auth: 'core', work: 'tile', compress: false },
        schema: {
          tags: ['Tiles'],
          operationId: set === 'raster-v1' ? 'getOldRasterTile' : 'getRasterTile',
          summary: 'A raster tile of the charts',
          description:
            'PNG of 256 pixels, or of 512 with `@2x` after the row. Zoom 0 to 22; beyond 17 the data of zoom 16 is enlarged. The parameters are those of the style document; imagery, glyphs and fonts of others have no effect.',
          params: RasterAddress,
          querystring: StyleQuery,
          response: {
            200: {
              description: 'The tile',
              content: { 'image/png': { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } },
            },
            ...problems(400, 401, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const ratio = request.params.y.endsWith('@2x') ? 2 : 1
        const address = addressOf(request.params)
        const given = parseStyleQuery(request.query)
        const style = rasterStyleOf((await customStyle(styles, request, request.query)) ?? {}, given)
        const signal = clientGone(reply)
        const accountId = principalOf(request).user.account.id
        const metatile = await tiles.tile('png', { metatile: metatileOf(address), ratio, style }, accountId, signal)
        const tile = oneOf(metatile, address)
        // The custom style may have changed by the next request.
        const isFixed = request.query.styleId === undefined && request.query.styleName === undefined
        return await sendTile(request, reply, tile, { signal, ...(isFixed && { repeated }) })
      },
    )
  }
}

async function customStyle(styles: Styles, request: FastifyRequest, { styleId: id, styleName: name }: StyleQuery) {
  return await styles.find(principalOf(request).user.account.id, { id, name })
}

function addressOf({ z, x, y }: { z: string; x: string; y: string }): TileAddress {
  return parseTileAddress({ z, x, y: y.replace(/@2x$/, '') }, png.zooms, 'TILE_NOT_FOUND')
}

/** One tile of a metatile. */
function oneOf(metatile: Tile, address: TileAddress): Tile {
  const place = placeInMetatile(address)
  return {
    ...metatile,
    digest: `${metatile.digest}-${place}`,
    recall: recallerOf(metatile.recall, place),
    async content(signal) {
      const content = await metatile.content(signal)
      if (content === null) return null
      const tile = tileOfMetatile(content.encoded, place)
      return { encoded: tile, plain: async () => tile }
    },
  }
}

/** A function of its own, so that it keeps no style alive. */
function recallerOf(recall: Tile['recall'], place: number): Tile['recall'] {
  const part = (metatile: Buffer) => (metatile.byteLength === 0 ? metatile : tileOfMetatile(metatile, place))
  return () => recall(part)
}
