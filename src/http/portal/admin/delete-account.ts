import { Type } from '@fastify/type-provider-typebox'
import type { Accounts } from '#accounts/accounts.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import { ADMIN_CONFIG, ADMIN_TAGS, ADMIN_URL, Id } from './admin-schemas.ts'
import { createDeletionJob } from './create-deletion-job.ts'

export interface DeleteAccountOptions {
  accounts: Accounts
  jobs: JobsService
  uploads: Uploads
}

/** Delete Account: ends the sessions and tokens of its users at once, and queues the job that removes all of it. */
export function deleteAccountRoute(app: App, { accounts, jobs, uploads }: DeleteAccountOptions): void {
  app.post(
    `${ADMIN_URL}/deleteAccount`,
    {
      config: ADMIN_CONFIG,
      schema: {
        tags: ADMIN_TAGS,
        operationId: 'deleteAccount',
        summary: 'Delete an account with its users and all their data',
        description:
          'The sessions and tokens of its users stop working at once; a job removes uploads with their charts and tiles, styles, jobs, tokens, users and the account. While that job is pending or running, a repeated request returns the same job; after it has failed or was cancelled, a new one.',
        body: Type.Object({ id: Id }),
        response: {
          200: Type.Object(
            { jobId: Type.String({ format: 'uuid', description: 'The job that removes the account' }) },
            { title: 'AccountDeletion', description: 'The deletion has been accepted; the job says when it is done' },
          ),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async (request) => {
      const { id } = request.body
      const caller = principalOf(request)
      const { administration } = accounts
      const { name } = await administration.findDeletableAccount(id)
      const parameters = { accountId: id, name }
      const job = { jobType: 'delete-account', accountId: id, parameters, startedBy: startedByUser(caller.user) }
      const jobId = await createDeletionJob({ accounts, jobs }, job, async (trx, jobId) => {
        const deletion = await administration.acceptAccountDeletion(trx, caller, id, jobId)
        if (deletion.outcome === 'accepted') await uploads.markAllDeleted(trx, id, jobId)
        return deletion
      })
      return { jobId }
    },
  )
}
