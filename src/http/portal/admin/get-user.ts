import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, AdminUserDetailSchema, Id } from './admin-schemas.ts'

/** Get User. */
export function getUserRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getUser`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'getUser',
        summary: 'One user of any account',
        description:
          'With the time of its last change, which the list leaves out. 404 USER_NOT_FOUND also for a user that is being deleted.',
        querystring: Type.Object({ id: Id }),
        response: { 200: AdminUserDetailSchema, ...problems(400, 401, 403, 404) },
      },
    },
    async (request) => await accounts.administration.getUser(request.query.id),
  )
}
