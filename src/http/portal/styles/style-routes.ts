import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'
import type { Theme } from '#portrayal/palette/tokens.ts'
import type { StyleParameters } from '#styles/style-parameters.ts'
import type { Styles } from '#styles/styles.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { Empty, problems, Time, text } from '../../base/schemas.ts'
import { checkGivenParameters, GivenParameters } from '../../base/style-schemas.ts'
import { createSlotList } from './list-slots.ts'

const TAGS = ['Styles']
const Name = text({ minLength: 1, maxLength: 200 })

const StyleSchema = Type.Object(
  {
    id: Type.Integer({ description: 'For styleId of the style document' }),
    name: Type.String(),
    userEmail: Type.String({ description: 'User name of its creator' }),
    createdAt: Time,
    updatedAt: Time,
    parameters: Type.Unsafe<StyleParameters>({ type: 'object', additionalProperties: true }),
  },
  { title: 'Style' },
)

const SlotSchema = Type.Object(
  {
    slot: Type.String({ description: 'Key in parameters.colors: an S-52 colour token' }),
    group: Type.String(),
    description: Type.String(),
    day: Type.String(),
    dusk: Type.String(),
    night: Type.String(),
    layers: Type.Array(Type.String(), { description: 'Ids of the style layers that use the colour' }),
  },
  { title: 'StyleSlot' },
)

const IdParameter = Type.Object({ id: Type.String() })

/** Custom styles of the caller's account, and the colour slots that they can fill. */
export function customStyleRoutes(app: App, { styles }: { styles: Styles }): void {
  const url = '/api/portal/v1/styles'
  const config = { auth: 'any' as const }

  app.get(
    url,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'listStyles',
        summary: 'Custom styles of the account, newest first',
        response: { 200: Type.Array(StyleSchema), ...problems(401) },
      },
    },
    async (request) => await styles.list(accountOf(request)),
  )

  slotRoute(app, `${url}/slots`)

  app.post(
    url,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'createStyle',
        summary: 'Create a custom style',
        description: 'It starts with palette and settings of the theme.',
        body: Type.Object({ name: Name, theme: Type.Unsafe<Theme>({ type: 'string', enum: ['day', 'dusk', 'night'] }) }),
        response: { 200: StyleSchema, ...problems(400, 401) },
      },
    },
    async (request) => {
      const { userId, username, account } = principalOf(request).user
      return await styles.create({ accountId: account.id, userId, username }, request.body)
    },
  )

  app.get(
    `${url}/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'getCustomStyle',
        summary: 'One custom style',
        params: IdParameter,
        response: { 200: StyleSchema, ...problems(401, 404) },
      },
    },
    async (request) => await styles.get(accountOf(request), styleIdOf(request.params)),
  )

  app.post(
    `${url}/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'updateStyle',
        summary: 'Change a custom style',
        description: 'Omitted members stay unchanged; parameters are replaced as a whole.',
        params: IdParameter,
        body: Type.Object({ name: Type.Optional(Name), parameters: Type.Optional(GivenParameters) }),
        response: { 200: StyleSchema, ...problems(400, 401, 404) },
      },
    },
    async (request) => {
      const { parameters } = request.body
      if (parameters !== undefined) checkGivenParameters(parameters)
      return await styles.update(accountOf(request), styleIdOf(request.params), request.body)
    },
  )

  app.delete(
    `${url}/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'deleteStyle',
        summary: 'Delete a custom style',
        params: IdParameter,
        response: { 204: Empty, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      await styles.delete(accountOf(request), styleIdOf(request.params))
      return await reply.code(204).send(null)
    },
  )
}

function slotRoute(app: App, url: string): void {
  const listSlots = createSlotList()
  app.get(
    url,
    {
      config: { auth: 'any' },
      schema: {
        tags: TAGS,
        operationId: 'listStyleSlots',
        summary: 'Colour slots of custom styles',
        description: 'With the colours of each theme and the layers that use them.',
        response: { 200: Type.Array(SlotSchema), ...problems(401) },
      },
    },
    async () => listSlots(),
  )
}

const accountOf = (request: Parameters<typeof principalOf>[0]) => principalOf(request).user.account.id

/** @throws AppError STYLE_NOT_FOUND (404) when no style can have this id. */
function styleIdOf({ id }: { id: string }): number {
  if (!/^\d{1,15}$/.test(id)) throw new AppError('STYLE_NOT_FOUND', `There is no style ${id.slice(0, 40)} on your account.`)
  return Number(id)
}
