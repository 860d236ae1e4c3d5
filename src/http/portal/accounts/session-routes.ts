import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, nullable, problems, timeWhen } from '#http/base/schemas.ts'

const TAGS = ['Authentication']
const URL = '/api/portal/v1/user/sessions'

const SessionSchema = Type.Object(
  {
    id: Type.String({ description: 'To end the session; it opens nothing' }),
    createdAt: timeWhen('the login'),
    lastUsedAt: nullable(timeWhen('the last request with it, to about a minute; null before the first')),
    userAgent: nullable(
      Type.String({ description: 'The User-Agent of the login, at most 200 characters; null when it had none' }),
    ),
    current: Type.Boolean({ description: 'Whether the request came with this session' }),
  },
  { title: 'Session', description: 'A login that is still valid' },
)

/** The caller's own sessions. */
export function sessionRoutes(app: App, { accounts }: { accounts: Accounts }): void {
  const config = { auth: 'any' as const, unrestricted: true }

  app.get(
    URL,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'listSessions',
        summary: 'Your sessions, newest first',
        description:
          'Logins that have not been ended, at most the 1,000 newest. Their tokens are not shown: an id here opens nothing.',
        response: { 200: Type.Array(SessionSchema), ...problems(401) },
      },
    },
    async (request) => await accounts.listSessions(principalOf(request)),
  )

  app.delete(
    URL,
    {
      config,
      schema: {
        tags: TAGS,
        operationId: 'endSession',
        summary: 'End one of your sessions',
        description:
          'Its token stops working at once, on every server. Ending the calling session is a logout. 404 SESSION_NOT_FOUND for a session of another user, and for one that has ended.',
        body: Type.Object({ id: Type.String({ description: 'The id of the session, as the list shows it' }) }),
        response: { 204: Empty, ...problems(400, 401, 404) },
      },
    },
    async (request, reply) => {
      await accounts.endSession(principalOf(request), request.body.id)
      return await reply.code(204).send(null)
    },
  )
}
