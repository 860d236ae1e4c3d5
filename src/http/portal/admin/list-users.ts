import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, AdminUserSchema } from './admin-schemas.ts'

/** List Users: those of every account. */
export function listUsersRoute(app: App, { accounts }: { accounts: Accounts }): void {
  app.get(
    `${ADMIN_URL}/getAllUsers`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'listUsers',
        summary: 'Users of every account, oldest first',
        description: 'Without pages. Users that are being deleted are left out.',
        response: { 200: Type.Array(AdminUserSchema), ...problems(401, 403) },
      },
    },
    async () => await accounts.administration.listUsers(),
  )
}
