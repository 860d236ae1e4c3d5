import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { createInstance, type InstanceParts } from '#compose/instance/create-instance.ts'
import { createPresence } from '#compose/instance/presence.ts'
import { loadConfig } from '#config/load-config.ts'
import type { Db } from '#db/database.ts'
import type { InstanceService } from '#http/base/instance-service.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'

const noJobs: InstanceParts['jobs'] = {
  schedule: async () => [],
  counts: async () => ({ byState: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 }, byType: {}, total: 0 }),
  list: async () => ({ jobs: [], total: 0 }),
  listSummaries: async () => ({ jobs: [], total: 0 }),
}

/** The description of a server for a test: nothing scheduled, no threads, and a folder as the source of charts. */
export function createTestInstance(
  parts: { db: Db; storage: BlobStore } & Partial<Omit<InstanceParts, 'jobs'>> & { jobs?: Partial<InstanceParts['jobs']> },
  environment: Record<string, string> = {},
): InstanceService {
  const config = loadConfig({ DATA_DIR: tmpdir(), PUBLIC_CHARTS_URL: pathToFileURL(tmpdir()).href, ...environment })
  const threads = parts.threads ?? {}
  const presence = createPresence(config, { db: parts.db, clock: systemClock, log: silentLog(), threads })
  return createInstance(config, {
    clock: systemClock,
    threads,
    tileBytes: () => 0,
    presence,
    ...parts,
    jobs: { ...noJobs, ...parts.jobs },
  })
}
