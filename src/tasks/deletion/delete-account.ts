import { removeAccount } from '#accounts/administration/remove-rows.ts'
import type { JobContext, JobType } from '#jobs/model/job-type.ts'
import { integerOf } from '#jobs/model/read-parameters.ts'
import { activeRootsOf } from '#jobs/read/account-jobs.ts'
import { treeIsActive } from '#jobs/read/tree-logs.ts'
import type { Clock } from '#lib/clock.ts'
import { counted } from '#lib/quantities.ts'
import { OWNED_DATA, type RemovalParts } from './owned-data.ts'
import { removeOwnedData } from './remove-owned-data.ts'

export interface DeleteAccountOptions extends RemovalParts {
  clock: Clock
  /** Cancels a job and its descendants. */
  cancel(jobId: string, reason: string): Promise<unknown>
}

interface DeleteAccountParameters {
  accountId: number
}

/** How often jobs that are stopping are checked, in milliseconds. */
const WAIT = 200

/**
 * Removes an account whose deletion was accepted, with everything that belongs to it. The job keeps the id of the account in
 * `accountId` after the account is gone.
 */
export function deleteAccount(options: DeleteAccountOptions): JobType<DeleteAccountParameters> {
  return {
    name: 'delete-account',
    queue: 'light',
    creatable: false,
    exclusive: false,
    administrative: true,
    steps: [
      { name: 'step_stop_jobs', weight: 1 },
      ...OWNED_DATA.map(({ step, weight }) => ({ name: step, weight })),
      { name: 'step_remove_account', weight: 1 },
    ],
    parse: (parameters) => ({ accountId: integerOf(parameters, 'accountId') }),
    async run(job) {
      const { accountId } = job.parameters
      await job.step('step_stop_jobs', () => stopJobs(options, job, accountId))
      const what = `account ${accountId}`
      const removed = await removeOwnedData(options, OWNED_DATA, { accountId, userId: null }, { job, what })
      await job.step('step_remove_account', (step) => step.transaction((trx) => removeAccount(trx, accountId)))
      job.log.info(`Deleted account ${accountId}`)
      return removed
    },
  }
}

/** Cancels the account's other jobs and waits until they have stopped. @returns how many there were. */
async function stopJobs(
  { db, clock, cancel }: DeleteAccountOptions,
  { jobId, log, signal }: JobContext,
  accountId: number,
): Promise<number> {
  const roots = await activeRootsOf(db, accountId, jobId)
  if (roots.length > 0) log.info(`Stopping ${counted(roots.length, 'job')} of the account`)
  for (const root of roots) await cancel(root, 'the account was deleted')
  for (const root of roots) while (await treeIsActive(db, root)) await clock.sleep(WAIT, signal)
  return roots.length
}
