import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { Jobs } from '#jobs/jobs.ts'
import { createBackground } from '#lib/background.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { type Bathymetry, createBathymetry } from '#reports/bathymetry/bathymetry.ts'
import { createUploadReader } from '#reports/bathymetry/upload-reader.ts'
import { createUserReports, type UserReports } from '#reports/points/user-reports.ts'
import { startExpiry } from '#tasks/expire-user-reports.ts'

export interface ReportServices {
  reports: UserReports
  bathymetry: Bathymetry
}

const LONGEST_INTERVAL = 10 * 60_000
const SHORTEST_INTERVAL = 5_000

export function composeReports({ userReports }: Config, db: Db, closing: AsyncDisposableStack): ReportServices {
  const { expirationAge, trackGap, maximumSoundings, maximumTrackBytes } = userReports
  const reader = createUploadReader()
  closing.defer(() => reader.close())
  const bathymetry = { reader, gap: trackGap, maximumSoundings, maximumTrackBytes }
  return {
    reports: createUserReports({ db, clock: systemClock, expirationAge }),
    bathymetry: createBathymetry({ db, clock: systemClock, ...bathymetry }),
  }
}

/** Looks for reports that have expired or may be deleted for good, every tenth of their age, at most every five seconds and at least every ten minutes. */
export function startReportExpiry(
  { userReports: { expirationAge, retention } }: Config,
  { db, jobs, log }: { db: Db; jobs: Pick<Jobs, 'create'>; log: Log },
  closing: AsyncDisposableStack,
): void {
  const expiry = createBackground({
    name: 'looking for reports that have ended',
    intervalMilliseconds: Math.min(Math.max(expirationAge / 10, SHORTEST_INTERVAL), LONGEST_INTERVAL),
    atStart: true,
    clock: systemClock,
    log,
    async runOnce() {
      await startExpiry(jobs, { db, clock: systemClock, expirationAge, retention })
    },
  })
  closing.defer(() => expiry.stop())
  expiry.start()
}
