import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'
import type { Theme } from '#portrayal/palette/tokens.ts'
import type { StyleParameters } from '#styles/style-parameters.ts'
import type { Expectation, Styles } from '#styles/styles.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { meetsIfMatch } from '../../base/if-match.ts'
import { Empty, problems, Time, text } from '../../base/schemas.ts'
import { checkGivenParameters, GivenParameters } from '../../base/style-schemas.ts'
import { createSlotList } from './list-slots.ts'
import { styleEtag } from './style-etag.ts'

const ROOT = '/api/portal/v1/styles'
const CONFIG = { auth: 'any' as const }
/** A style has one ETag, so its answers have one encoding. */
const TAGGED = { ...CONFIG, compress: false }
const TAGS = ['Styles']
const Name = text({
  minLength: 1,
  maxLength: 200,
  description: 'For people and for styleName; of several with one name the newest is used',
})

const StyleSchema = Type.Object(
  {
    id: Type.Integer({ description: 'For styleId of the style document' }),
    name: Type.String({ description: 'For people and for styleName of the style document' }),
    userEmail: Type.String({ description: 'User name of its creator' }),
    createdAt: Time,
    updatedAt: Time,
    parameters: Type.Unsafe<StyleParameters>({
      type: 'object',
      additionalProperties: true,
      description: '`colors` by slot, `settings` as the parameters of the style document, and whatever else was stored',
    }),
  },
  { title: 'Style', description: 'A custom style: other colours and settings for the charts' },
)

const SlotSchema = Type.Object(
  {
    slot: Type.String({ description: 'Key in parameters.colors: an S-52 colour token' }),
    group: Type.String({ description: 'What it is grouped with in an editor, for people' }),
    description: Type.String({ description: 'What it colours, for people' }),
    day: Type.String({ description: 'Its colour in the theme day, #rrggbb' }),
    dusk: Type.String({ description: 'Its colour in the theme dusk, #rrggbb' }),
    night: Type.String({ description: 'Its colour in the theme night, #rrggbb' }),
    layers: Type.Array(Type.String(), { description: 'Ids of the style layers that use the colour' }),
  },
  { title: 'StyleSlot', description: 'A colour that a custom style may replace' },
)

const IdParameter = Type.Object({ id: Type.String({ description: 'The id of the style' }) })
const Precondition = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'The ETag of the style as it was read: it is changed only while that is still its state' }),
  ),
})

/** Custom styles of the caller's account, and the colour slots that they can fill. */
export function customStyleRoutes(app: App, { styles }: { styles: Styles }): void {
  app.get(
    ROOT,
    {
      config: CONFIG,
      schema: {
        tags: TAGS,
        operationId: 'listStyles',
        summary: 'Custom styles of the account, newest first',
        description:
          'Without pages: an account has at most 1,000. Each with its whole parameters. Provisioned styles are among those of the first account.',
        response: { 200: Type.Array(StyleSchema), ...problems(401) },
      },
    },
    async (request) => await styles.list(accountOf(request)),
  )

  slotRoute(app)

  app.post(
    ROOT,
    {
      config: CONFIG,
      schema: {
        tags: TAGS,
        operationId: 'createStyle',
        summary: 'Create a custom style',
        description:
          'It starts with palette and settings of the theme, and belongs to the account of the caller. An account has at most 1,000: 400 STYLE_LIMIT. Maps use it by `styleId` or `styleName`.',
        body: Type.Object({
          name: Name,
          theme: Type.Unsafe<Theme>({
            type: 'string',
            enum: ['day', 'dusk', 'night'],
            description: 'Whose palette it starts with',
          }),
        }),
        response: { 200: StyleSchema, ...problems(400, 401) },
      },
    },
    async (request) => {
      const { userId, username, account } = principalOf(request).user
      return await styles.create({ accountId: account.id, userId, username }, request.body)
    },
  )

  app.get(
    `${ROOT}/:id`,
    {
      config: TAGGED,
      schema: {
        tags: TAGS,
        operationId: 'getCustomStyle',
        summary: 'One custom style',
        description:
          'With its whole parameters. Its ETag is for If-Match of a later change. 404 STYLE_NOT_FOUND also for a style of another account.',
        params: IdParameter,
        response: { 200: StyleSchema, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      const style = await styles.get(accountOf(request), styleIdOf(request.params))
      reply.header('etag', styleEtag(style))
      return style
    },
  )
  changingRoutes(app, styles)
}

/** The routes that change an existing style, on condition of its state where the caller says so. */
function changingRoutes(app: App, styles: Styles): void {
  const url = `${ROOT}/:id`
  app.post(
    url,
    {
      config: TAGGED,
      schema: {
        tags: TAGS,
        operationId: 'updateStyle',
        summary: 'Change a custom style',
        description:
          'Omitted members stay unchanged; parameters are replaced as a whole. Maps that use the style show the change when they load their style document again. 412 STYLE_CHANGED when If-Match names another state.',
        params: IdParameter,
        headers: Precondition,
        body: Type.Object({ name: Type.Optional(Name), parameters: Type.Optional(GivenParameters) }),
        response: { 200: StyleSchema, ...problems(400, 401, 404, 412) },
      },
    },
    async (request, reply) => {
      const { parameters } = request.body
      if (parameters !== undefined) checkGivenParameters(parameters)
      const id = styleIdOf(request.params)
      const style = await styles.update(accountOf(request), id, request.body, expectationOf(request.headers))
      reply.header('etag', styleEtag(style))
      return style
    },
  )

  app.delete(
    url,
    {
      config: CONFIG,
      schema: {
        tags: TAGS,
        operationId: 'deleteStyle',
        summary: 'Delete a custom style',
        description:
          'Style documents that name it fall back to the default style. 412 STYLE_CHANGED when If-Match names another state.',
        params: IdParameter,
        headers: Precondition,
        response: { 204: Empty, ...problems(401, 404, 412) },
      },
    },
    async (request, reply) => {
      await styles.delete(accountOf(request), styleIdOf(request.params), expectationOf(request.headers))
      return await reply.code(204).send(null)
    },
  )
}

function slotRoute(app: App): void {
  const listSlots = createSlotList()
  app.get(
    `${ROOT}/slots`,
    {
      config: CONFIG,
      schema: {
        tags: TAGS,
        operationId: 'listStyleSlots',
        summary: 'Colour slots of custom styles',
        description:
          'What a custom style may replace: with the colours of each theme and the layers that use them. The same for every account and fixed for a version of the server.',
        response: { 200: Type.Array(SlotSchema), ...problems(401) },
      },
    },
    async () => listSlots(),
  )
}

/** What `If-Match` says about the style that is to be changed. */
function expectationOf({ 'if-match': header }: { 'if-match'?: string | undefined }): Expectation {
  return (now) => meetsIfMatch(header, styleEtag(now))
}

const accountOf = (request: Parameters<typeof principalOf>[0]) => principalOf(request).user.account.id

/** @throws AppError STYLE_NOT_FOUND (404) when no style can have this id. */
function styleIdOf({ id }: { id: string }): number {
  if (!/^\d{1,15}$/.test(id)) throw new AppError('STYLE_NOT_FOUND', `There is no style ${id.slice(0, 40)} on your account.`)
  return Number(id)
}
