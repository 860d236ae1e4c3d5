import { sql } from 'kysely'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { InstanceDetails, InstanceService } from '#http/base/instance-service.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { Clock } from '#lib/clock.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createCachedFigure } from './cached-figure.ts'
import { listSettings } from './list-settings.ts'
import { measureStorage } from './measure-storage.ts'
import { runChecks } from './run-checks.ts'

const STORAGE_AGE = 5 * 60_000
const CHECK_AGE = 60_000
/** Milliseconds that the first request waits for figures. */
const FIRST_WAIT = 3_000

export interface InstanceParts {
  db: Db
  storage: BlobStore
  clock: Clock
  jobs: Pick<Jobs, 'schedule'>
  threads: Record<string, () => ThreadLoad>
  tileBytes(): number
}

/** Describes this server to its administrators. What is expensive is measured in the background and kept for minutes. */
export function createInstance(config: Config, parts: InstanceParts): InstanceService {
  const { db, storage, clock, jobs, threads, tileBytes } = parts
  const { dataDir, databaseUrl } = config
  const startedAt = clock.now()
  const settings = listSettings(config)
  const measured = createCachedFigure({
    ...{ clock, maximumAge: STORAGE_AGE, firstWait: FIRST_WAIT },
    read: () => measureStorage({ db, storage, dataDir, tileBytes }),
  })
  const checked = createCachedFigure({
    ...{ clock, maximumAge: CHECK_AGE, firstWait: FIRST_WAIT },
    read: () => runChecks({ db, storage, clock, dataDir, source: config.publicCharts.url }),
  })

  return {
    async details(): Promise<InstanceDetails> {
      const [space, checks, version, schedule] = await Promise.all([
        measured.get(),
        checked.get(),
        versionOf(db),
        jobs.schedule(),
      ])
      const figures = space?.value ?? { charts: null, compiled: null, tiles: null, uploads: null, database: null, freeDisk: null }
      return {
        storage: { measuredAt: space?.at ?? null, ...figures },
        database: { version, kind: databaseUrl === null ? 'embedded' : 'external', bytes: figures.database },
        processes: [{ name: config.instanceName, role: config.role, startedAt, memoryBytes: process.memoryUsage.rss() }],
        threads: Object.entries(threads).map(([pool, load]) => ({ pool, ...load() })),
        schedule,
        checks: (checks?.value ?? []).map((check) => ({ ...check, checkedAt: checks?.at ?? null })),
        settings,
      }
    },
  }
}

async function versionOf(db: Db): Promise<string | null> {
  const result = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  return result.rows[0]?.version ?? null
}
