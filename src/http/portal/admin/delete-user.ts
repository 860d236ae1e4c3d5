import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id } from './admin-schemas.ts'
import { createDeletionJob } from './create-deletion-job.ts'

/** Delete User: ends the user's sessions and tokens at once, and queues the job that removes the user. */
export function deleteUserRoute(app: App, { accounts, jobs }: { accounts: Accounts; jobs: JobsService }): void {
  app.post(
    `${ADMIN_URL}/deleteUser`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'deleteUser',
        summary: 'Delete a user',
        description:
          "The user's sessions and tokens stop working at once; a job removes them and the user. Charts and styles stay with the account. While that job is pending or running, a repeated request returns the same job; after it has failed or was cancelled, a new one.",
        body: Type.Object({ id: Id }),
        response: {
          200: Type.Object(
            {
              deletedUserId: Type.Integer({ description: 'The id of the user' }),
              jobId: Type.String({ format: 'uuid', description: 'The job that removes the user' }),
            },
            { title: 'UserDeletion', description: 'The deletion has been accepted; the job says when it is done' },
          ),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async (request) => {
      const { id } = request.body
      const caller = principalOf(request)
      const { administration } = accounts
      const { accountId, username } = await administration.findDeletableUser(id)
      const parameters = { userId: id, username }
      const job = { jobType: 'delete-user', accountId, parameters, startedBy: startedByUser(caller.user) }
      const jobId = await createDeletionJob({ accounts, jobs }, job, (trx, jobId) =>
        administration.acceptUserDeletion(trx, caller, id, jobId),
      )
      return { deletedUserId: id, jobId }
    },
  )
}
