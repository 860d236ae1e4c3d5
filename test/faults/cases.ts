import { canaries } from './canaries.ts'
import { costlyQueries } from './costly-queries.ts'
import { blackHole, readOnlyDatabase } from './database-faults.ts'
import { descriptors } from './descriptors.ts'
import type { FaultCase } from './fault-case.ts'
import { fullDisk } from './full-disk.ts'
import { greedyZips } from './greedy-zips.ts'
import { jumpingClock } from './jumping-clock.ts'
import { killedForMemory } from './killed-for-memory.ts'
import { longTitle } from './long-title.ts'
import { manyPermits } from './many-permits.ts'
import { oddPaths, oddTexts } from './odd-texts.ts'
import { pooler } from './pooler.ts'
import { randomRequests } from './random-requests.ts'
import { rasterRequests } from './raster-requests.ts'
import { schemaRequests } from './schema-requests.ts'
import { slowClients } from './slow-clients.ts'

/** Every case of `npm run chaos -- --faults`, in the order of the run. */
export const FAULT_CASES: readonly FaultCase[] = [
  longTitle,
  manyPermits,
  greedyZips,
  killedForMemory,
  descriptors,
  slowClients('slow-clients', 100),
  oddTexts,
  oddPaths,
  costlyQueries,
  jumpingClock(30_000),
  canaries,
  pooler,
  blackHole,
  readOnlyDatabase,
  fullDisk,
  randomRequests,
  rasterRequests,
  schemaRequests,
]
