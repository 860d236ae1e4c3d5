import type { Db } from '#db/database.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { type Bathymetry, createBathymetry } from '#reports/bathymetry/bathymetry.ts'
import { createUploadReader } from '#reports/bathymetry/upload-reader.ts'
import { createUserReports, type UserReports } from '#reports/points/user-reports.ts'

/** The documented default: an hour. */
export const EXPIRATION_AGE = 3_600_000

export interface TestReports {
  services: { reports: UserReports; bathymetry: Bathymetry }
  close(): Promise<void>
}

/** Reports and bathymetry with the documented defaults. */
export function createTestReports({ db, clock = systemClock }: { db: Db; clock?: Clock | undefined }): TestReports {
  const reader = createUploadReader()
  const limits = { gap: 300_000, maximumSoundings: 50_000, maximumTrackBytes: 262_144 }
  return {
    services: {
      reports: createUserReports({ db, clock, expirationAge: EXPIRATION_AGE }),
      bathymetry: createBathymetry({ db, clock, reader, ...limits }),
    },
    close: () => reader.close(),
  }
}
