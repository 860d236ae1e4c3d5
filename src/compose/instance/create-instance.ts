import { sql } from 'kysely'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { InstanceDetails, InstanceService } from '#http/base/instance-service.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { Clock } from '#lib/clock.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import type { RecentLines } from '#lib/recent-lines.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createCachedFigure } from './cached-figure.ts'
import { listSettings } from './list-settings.ts'
import { measureStorage } from './measure-storage.ts'
import type { Presence } from './presence.ts'
import { runChecks } from './run-checks.ts'
import { writeDiagnostics } from './write-diagnostics.ts'

const STORAGE_AGE = 5 * 60_000
const CHECK_AGE = 60_000
/** Milliseconds that the first request waits for figures. */
const FIRST_WAIT = 3_000

export interface InstanceParts {
  db: Db
  storage: BlobStore
  clock: Clock
  jobs: Pick<Jobs, 'schedule' | 'counts' | 'list' | 'listSummaries'>
  threads: Record<string, () => ThreadLoad>
  tileBytes(): number
  presence: Pick<Presence, 'list'>
  recentLog?: RecentLines | undefined
}

/** Describes this server to its administrators. What is expensive is measured in the background and kept for minutes. */
export function createInstance(config: Config, parts: InstanceParts): InstanceService {
  const { db, storage, clock, jobs, threads, tileBytes, presence } = parts
  const { dataDir, databaseUrl } = config
  const settings = listSettings(config)
  const measured = createCachedFigure({
    ...{ clock, maximumAge: STORAGE_AGE, firstWait: FIRST_WAIT },
    read: () => measureStorage({ db, storage, dataDir, tileBytes }),
  })
  const checked = createCachedFigure({
    ...{ clock, maximumAge: CHECK_AGE, firstWait: FIRST_WAIT },
    read: () => runChecks({ db, storage, clock, dataDir, source: config.publicCharts.url }),
  })

  async function details(): Promise<InstanceDetails> {
    const [space, checks, version, schedule, processes] = await Promise.all([
      measured.get(),
      checked.get(),
      versionOf(db),
      jobs.schedule(),
      presence.list(),
    ])
    const figures = space?.value ?? { charts: null, compiled: null, tiles: null, uploads: null, database: null, freeDisk: null }
    return {
      storage: { measuredAt: space?.at ?? null, ...figures },
      database: { version, kind: databaseUrl === null ? 'embedded' : 'external', bytes: figures.database },
      processes,
      threads: Object.entries(threads).map(([pool, load]) => ({ pool, ...load() })),
      schedule,
      checks: (checks?.value ?? []).map((check) => ({ ...check, checkedAt: checks?.at ?? null })),
      settings,
    }
  }

  return {
    details,
    diagnostics: async () => await writeDiagnostics(config, { ...parts, instance: await details() }),
  }
}

async function versionOf(db: Db): Promise<string | null> {
  const result = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  return result.rows[0]?.version ?? null
}
