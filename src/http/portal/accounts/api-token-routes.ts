import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems, text } from '#http/base/schemas.ts'
import { GivenRestrictions, ListedTokenSchema, TokenSchema } from './token-schema.ts'

const TAGS = ['API tokens']
const Name = text({
  minLength: 1,
  maxLength: 200,
  description: 'What to call it, 1 to 200 characters; several may have the same',
})
const ViewParameter = Type.Optional(
  Type.Unsafe<'summary'>({ type: 'string', enum: ['summary'], description: 'With the handle of each token' }),
)
const IdParameter = Type.Object({ id: Type.String({ description: 'The token itself, which is its id' }) })

/** API tokens of the caller's account. */
export function apiTokenRoutes(app: App, { accounts }: { accounts: Accounts }): void {
  const url = '/api/portal/v1/apiTokens'
  const config = { auth: 'any' as const, unrestricted: true, compress: false }

  app.get(
    url,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'listApiTokens',
        summary: 'Tokens of the account',
        description:
          'Those of all users of the account, newest first, without pages. The bearer strings of administrators are hidden from other users. A token that is restricted to hosts is refused: 401 TOKEN_RESTRICTED.',
        querystring: Type.Object({ view: ViewParameter }),
        response: { 200: Type.Array(ListedTokenSchema), ...problems(400, 401) },
      },
    },
    async (request) => {
      const tokens = await accounts.tokens.list(principalOf(request))
      return request.query.view === 'summary' ? tokens : tokens.map(({ handle: _, ...token }) => token)
    },
  )

  app.post(
    url,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'createApiToken',
        summary: 'Create a token',
        description:
          'The token acts for the calling user, sees what that user sees, and is valid until it is deleted. Restrict it to hosts before it is written into a web page.',
        body: Type.Object({ name: Name, restrictions: Type.Optional(GivenRestrictions) }),
        response: { 200: TokenSchema, ...problems(400, 401) },
      },
    },
    async (request) => await accounts.tokens.create(principalOf(request), request.body),
  )

  app.post(
    `${url}/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'updateApiToken',
        summary: 'Change a token',
        description:
          'Omitted members stay unchanged; null clears the restrictions. New restrictions take effect at once, on every server. Any token of the account can be changed. 404 TOKEN_NOT_FOUND.',
        params: IdParameter,
        body: Type.Object({ name: Type.Optional(Name), restrictions: Type.Optional(GivenRestrictions) }),
        response: { 200: TokenSchema, ...problems(400, 401, 404) },
      },
    },
    async (request) => await accounts.tokens.update(principalOf(request), request.params.id, request.body),
  )

  app.delete(
    `${url}/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'deleteApiToken',
        summary: 'Delete a token',
        description:
          'It stops working at once, on every server. Any token of the account can be deleted, also the calling one. 404 TOKEN_NOT_FOUND for a second deletion.',
        params: IdParameter,
        response: { 204: Empty, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      await accounts.tokens.delete(principalOf(request), request.params.id)
      return await reply.code(204).send(null)
    },
  )
}
