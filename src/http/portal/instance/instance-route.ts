import type { Accounts } from '#accounts/accounts.ts'
import type { App } from '#http/base/app.ts'
import type { InstanceService } from '#http/base/instance-service.ts'
import { problems } from '#http/base/schemas.ts'
import { InstanceSchema } from './instance-schema.ts'

export interface InstanceRouteOptions {
  accounts: Accounts
  instance: InstanceService
  version: string
}

/** What this server is, and to administrators how it is doing. */
export function instanceRoute(app: App, { accounts, instance, version }: InstanceRouteOptions): void {
  app.get(
    '/api/portal/v1/instance',
    {
      config: { auth: 'optional' },
      schema: {
        tags: ['Server'],
        operationId: 'getInstance',
        summary: 'Name and version of the server, and its condition',
        description:
          'Needs no token. With the token of an administrator also storage, database, processes, threads, schedule, checks and settings. A token that is not valid is refused.',
        response: { 200: InstanceSchema, ...problems(401) },
      },
    },
    async (request) => {
      const common = { name: 'Chartroom', version, defaultPassword: await accounts.hasDefaultPassword() }
      return request.principal?.user.isAdmin ? { ...common, ...(await instance.details()) } : common
    },
  )
}
