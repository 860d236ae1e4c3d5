import { readFile } from 'node:fs/promises'
import { Type } from '@fastify/type-provider-typebox'
import { invalidField } from '#lib/errors.ts'
import { readSymbolColours, type SymbolColours, symbolColours } from '#portrayal/palette/symbol-colours.ts'
import { type Theme, TOKENS } from '#portrayal/palette/tokens.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { clientGone } from '../base/client-gone.ts'
import { problems, TokenQuery } from '../base/schemas.ts'
import { sendCached, zip } from '../base/send-cached.ts'
import type { ChartAssets } from '../static/chart-assets.ts'
import { noSprite, SPRITE_LIST_TYPE, SPRITE_RESPONSE, SpriteFile } from '../static/sprite-answers.ts'
import { sendTile } from './send-tile.ts'

const FILE = /^(day|dusk|night)(@2x)?\.(json|png)$/
const ACCEPTED = 'names tokens of S-52 with other colours than those of the theme, such as CHBLK-102030.CHMGD-ff0000'

export interface SpriteRouteOptions {
  tiles: Pick<Tiles, 'tile'>
  assets: ChartAssets
}

/** Sprites in the colours of custom styles: drawn when they are first asked for, and kept with the tiles. */
export function spriteRoutes(app: App, { tiles, assets }: SpriteRouteOptions): void {
  app.get(
    '/api/v1/styles/sprites/:version/:file',
    {
      config: { auth: 'core', work: 'tile', compress: false },
      schema: {
        tags: ['Styles'],
        operationId: 'getColouredSprite',
        summary: 'Symbols of the chart styles in other colours',
        description:
          'The sprite of day, dusk or night, its picture or its list of symbols, with some colours changed. Style documents with changed colours contain its address.',
        params: Type.Object({
          version: Type.String({ description: 'As in the style document' }),
          file: SpriteFile,
        }),
        querystring: Type.Object({
          colours: Type.String({
            maxLength: 2_000,
            description: 'Tokens and their colours: `CHBLK-102030.CHMGD-ff0000`',
            examples: ['CHMGD-ff0000'],
          }),
          ...TokenQuery.properties,
        }),
        response: {
          200: SPRITE_RESPONSE,
          ...problems(400, 401, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { version, file } = request.params
      const [, theme, double, kind] = FILE.exec(file) ?? []
      if (theme === undefined) throw noSprite()
      const colours = coloursOf(theme as Theme, request.query.colours)
      const index = await assets.index()
      const isCurrent = version === index.version
      const cacheControl = isCurrent ? 'private, max-age=31536000, immutable' : 'private, no-cache'
      if (kind === 'json') {
        // Every image is at the same place as in the sprite of the theme.
        const list = index.files.get(`sprites/${theme}${double ?? ''}.json`)
        if (list === undefined) throw noSprite()
        const content = () => readFile(list.path)
        return await sendCached(request, reply, {
          contentType: SPRITE_LIST_TYPE,
          cacheControl,
          vary: 'Authorization, Origin',
          digest: list.digest,
          content,
          zipped: async () => await zip(await content()),
        })
      }
      const signal = clientGone(reply)
      const wanted = { theme: theme as Theme, ratio: double === undefined ? 1 : 2, colours } as const
      const picture = await tiles.tile('sprite', wanted, principalOf(request).user.account.id, signal)
      return await sendTile(request, reply, picture, { signal, cacheControl })
    },
  )
}

/** @throws AppError VALIDATION_FAILED (400) that names what is accepted. */
function coloursOf(theme: Theme, text: string): SymbolColours {
  const given = readSymbolColours(text)
  if (given === null) throw invalidField('query', 'colours', ACCEPTED)
  // Colours that equal the theme's change nothing, but were asked for.
  return symbolColours(theme, given) ?? { palette: TOKENS[theme], changed: [] }
}
