import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Cells } from '#charts/cells/cells.ts'
import { invalidField } from '#lib/errors.ts'
import type { Theme } from '#portrayal/palette/tokens.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { readParameters, type StyleParameters } from '#styles/style-parameters.ts'
import type { StyleSettings } from '#styles/style-settings.ts'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { principalOf, queryTokenOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { problems, TokenQuery } from '../base/schemas.ts'
import { sendCached } from '../base/send-cached.ts'
import { checkGivenParameters, GivenParameters } from '../base/style-schemas.ts'
import type { ChartAssets } from '../static/chart-assets.ts'
import { createStyleDocuments } from './style-documents.ts'
import { parseStyleQuery, StyleQuery } from './style-query.ts'

const TAGS = ['Styles']
const THEME_PLACE = 'has no effect here: give the theme as /theme, or as /parameters/settings/theme'

export interface StyleRouteOptions {
  styles: Styles
  cells: Pick<Cells, 'classes'>
  assets: ChartAssets
  tiles: Pick<Tiles, 'attribution'>
}

/** The style document of the charts, and a preview of a custom style that is not stored. */
export function styleRoutes(app: App, options: StyleRouteOptions): void {
  const { styles } = options
  const documentOf = createStyleDocuments()
  const response = {
    200: {
      description: 'A style document for MapLibre GL and compatible libraries',
      content: { 'application/json': { schema: Type.Unsafe<unknown>({ type: 'object', additionalProperties: true }) } },
    },
    ...problems(400, 401, 429, 503),
  }
  // The answer is JSON text already.
  const serializerCompiler = () => (data: unknown) => data as string

  app.get(
    '/api/v1/styles/base.json',
    {
      config: { auth: 'core', work: 'list', compress: false },
      schema: {
        tags: TAGS,
        operationId: 'getStyle',
        summary: 'Style document of the charts',
        description:
          'Layers of the object classes in the charts of the caller. A parameter takes precedence over the setting of a custom style. The addresses contain the token only when the request had it in its own address.',
        querystring: StyleQuery,
        response,
      },
      serializerCompiler,
    },
    async (request, reply) => {
      const given = parseStyleQuery(request.query)
      const { styleId: id, styleName: name } = request.query
      const custom = await styles.find(principalOf(request).user.account.id, { id, name })
      const { content, digest, zipped } = documentOf(await styleOptions(app, request, options, custom ?? {}, given))
      return await sendCached(request, reply, {
        contentType: 'application/json; charset=utf-8',
        cacheControl: 'private, max-age=60',
        vary: 'Authorization, Origin',
        digest,
        content: async () => content,
        zipped,
      })
    },
  )

  app.post(
    '/api/v1/styles/preview',
    {
      config: { auth: 'core', work: 'list' },
      schema: {
        tags: TAGS,
        operationId: 'previewStyle',
        summary: 'Style document of parameters that are not stored',
        description:
          'As the style document of a custom style with these parameters, for an editor. Nothing is stored. 400 VALIDATION_FAILED names each wrong parameter.',
        querystring: TokenQuery,
        body: Type.Object({
          theme: Type.Optional(
            Type.Unsafe<Theme>({
              type: 'string',
              enum: ['day', 'dusk', 'night'],
              description: 'Wins over that of the settings; default day',
            }),
          ),
          parameters: GivenParameters,
          colours: Type.Optional(
            Type.Unsafe<'filled' | 'slots'>({
              type: 'string',
              enum: ['filled', 'slots'],
              description:
                '`slots`, for an editor that fills in colours by itself: `$LANDA` stands for the colour of the slot, `$CHBLK?#364147` for the second colour unless the slot has one. Default `filled`',
            }),
          ),
        }),
        response,
      },
      serializerCompiler,
    },
    async (request, reply) => {
      const { theme, parameters, colours } = request.body
      checkGivenParameters(parameters)
      checkPlaceOfTheme(parameters)
      const wanted = await styleOptions(app, request, options, parameters, theme === undefined ? {} : { theme })
      const { content } = documentOf(wanted, colours)
      return await reply.type('application/json; charset=utf-8').send(content as never)
    },
  )
}

/**
 * A stored style may hold any key; here, a theme among the parameters is a mistake that would go unnoticed. @throws AppError
 * VALIDATION_FAILED (400).
 */
function checkPlaceOfTheme(parameters: StyleParameters): void {
  if (Object.hasOwn(parameters, 'theme')) throw invalidField('body', '/parameters/theme', THEME_PLACE)
}

/** Defaults, then the custom style, then what the request names. */
async function styleOptions(
  app: App,
  request: FastifyRequest,
  { cells, assets, tiles }: StyleRouteOptions,
  custom: StyleParameters,
  given: Partial<StyleSettings>,
): Promise<StyleOptions> {
  const base = app.clients.baseUrlOf(request.raw)
  const classes = await cells.classes(principalOf(request).user.account.id)
  const { version } = await assets.index()
  const { colors, settings } = readParameters(custom)
  return {
    ...STYLE_DEFAULTS,
    ...settings,
    ...given,
    colors,
    classes: new Set(classes),
    base,
    assets: `${base}/api/v1/static/${version}`,
    colouredSprites: `${base}/api/v1/styles/sprites/${version}`,
    attribution: await tiles.attribution(),
    // A client that sends its token in the URL cannot set headers for the tiles either.
    token: queryTokenOf(request),
  }
}
