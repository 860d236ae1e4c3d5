import type { Db } from '#db/database.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import { startedBy } from '#jobs/model/starter.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { counted } from '#lib/quantities.ts'
import { repeatBatches } from '#lib/repeat-batches.ts'
import { anyReportDue, EXPIRED_PER_BATCH, expireReports } from '#reports/points/expire-reports.ts'
import { anyReportToPurge, PURGED_PER_BATCH, purgeReports } from '#reports/points/purge-reports.ts'

export interface ExpireOptions {
  db: Db
  clock: Clock
  /** How long a report stays active, in milliseconds. */
  expirationAge: number
  /** How long a report is kept after it has expired or was deleted, in milliseconds. */
  retention: number
}

const NAME = 'expire-user-reports'

/**
 * Records that reports have expired, and deletes those that ended longer ago than the retention. Until then expired reports are recognised
 * by their age, so no tile and no vote depends on when it runs.
 */
export function expireUserReports({
  clock,
  expirationAge,
  retention,
}: Omit<ExpireOptions, 'db'>): JobType<unknown, { expired: number; purged: number }> {
  return {
    name: NAME,
    queue: 'light',
    creatable: false,
    exclusive: true,
    steps: [
      { name: 'step_expire_reports', weight: 1 },
      { name: 'step_purge_reports', weight: 1 },
    ],
    parse: noParameters,
    run: async (job) => {
      const now = clock.now()
      const { expired } = await job.step('step_expire_reports', async (step) => ({
        expired: await repeatBatches({ size: EXPIRED_PER_BATCH, signal: job.signal }, () =>
          step.transaction((trx) => expireReports(trx, { expirationAge, now })),
        ),
      }))
      const { purged } = await job.step('step_purge_reports', async (step) => ({
        purged: await repeatBatches({ size: PURGED_PER_BATCH, signal: job.signal }, () =>
          step.transaction((trx) => purgeReports(trx, now - retention)),
        ),
      }))
      job.log.info(`${counted(expired, 'report')} expired, ${counted(purged, 'report')} deleted for good`)
      return { expired, purged }
    },
  }
}

class NothingDue extends Error {}

/**
 * Starts the job when a report is due to expire or to be deleted for good, so that List Jobs never shows one that did nothing.
 *
 * @returns whether it was started; not while one is pending or running.
 */
export async function startExpiry(
  jobs: Pick<Jobs, 'create'>,
  { db, clock, expirationAge, retention }: ExpireOptions,
): Promise<boolean> {
  const isDue = async (on: Db) =>
    (await anyReportDue(on, clock.now() - expirationAge)) || (await anyReportToPurge(on, clock.now() - retention))
  if (!(await isDue(db))) return false
  try {
    // Checked again within the transaction, because another server may have been faster.
    await jobs.create({ jobType: NAME, accountId: null, startedBy: startedBy('server') }, async (trx) => {
      if (!(await isDue(trx))) throw new NothingDue()
    })
    return true
  } catch (error) {
    if (error instanceof NothingDue || (error instanceof AppError && error.code === 'JOB_TYPE_ACTIVE')) return false
    throw error
  }
}
