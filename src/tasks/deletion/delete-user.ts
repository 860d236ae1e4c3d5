import type { JobType } from '#jobs/model/job-type.ts'
import { integerOf } from '#jobs/model/read-parameters.ts'
import { OWNED_DATA, type RemovalParts } from './owned-data.ts'
import { removeOwnedData } from './remove-owned-data.ts'

interface DeleteUserParameters {
  userId: number
}

const KINDS = OWNED_DATA.filter(({ ofUsers }) => ofUsers)

/** Removes a user whose deletion was accepted, with sessions and tokens. Charts and styles stay with the account. */
export function deleteUser(parts: RemovalParts): JobType<DeleteUserParameters> {
  return {
    name: 'delete-user',
    queue: 'light',
    creatable: false,
    exclusive: false,
    administrative: true,
    steps: KINDS.map(({ step, weight }) => ({ name: step, weight })),
    parse: (parameters) => ({ userId: integerOf(parameters, 'userId') }),
    async run(job) {
      const { userId } = job.parameters
      const owner = { accountId: job.accountId ?? 0, userId }
      const removed = await removeOwnedData(parts, KINDS, owner, { job, what: `user ${userId}` })
      job.log.info(`Deleted user ${userId}`)
      return removed
    },
  }
}
