import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { createInstance, type InstanceParts } from '#compose/instance/create-instance.ts'
import { loadConfig } from '#config/load-config.ts'
import type { Db } from '#db/database.ts'
import type { InstanceService } from '#http/base/instance-service.ts'
import { systemClock } from '#lib/clock.ts'
import type { BlobStore } from '#storage/blob-store.ts'

/** The description of a server for a test: nothing scheduled, no threads, and a folder as the source of charts. */
export function createTestInstance(
  parts: { db: Db; storage: BlobStore } & Partial<InstanceParts>,
  environment: Record<string, string> = {},
): InstanceService {
  const config = loadConfig({ DATA_DIR: tmpdir(), PUBLIC_CHARTS_URL: pathToFileURL(tmpdir()).href, ...environment })
  const none = { clock: systemClock, jobs: { schedule: async () => [] }, threads: {}, tileBytes: () => 0 }
  return createInstance(config, { ...none, ...parts })
}
