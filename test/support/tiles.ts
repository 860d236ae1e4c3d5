import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import type { Standard } from '#s57/cell.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import type { LandLoader } from '#tiles/basemap/preload-land.ts'
import { openTileCache, type TileCache } from '#tiles/cache/tile-cache.ts'
import { createTiles, type Tiles } from '#tiles/create-tiles.ts'
import type { TestDatabase } from './database.ts'

export interface TestTiles extends Tiles {
  storage: BlobStore
  cache: TileCache
  /** Keys of compiled cells that could not be used. */
  broken: string[]
}

/** Tiles over a test database, with a cache only on disk and storage in a temporary folder, unless given otherwise. */
export async function createTestTiles(
  database: TestDatabase,
  given: { storage?: BlobStore; memoryBytes?: number; preferStandard?: Standard; land?: LandLoader } = {},
): Promise<TestTiles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-test-tiles-'))
  const storage = given.storage ?? createFolderStore(path.join(folder, 'blobs'))
  const log = silentLog()
  const cache = await openTileCache({
    folder: path.join(folder, 'tiles'),
    maximumBytes: 2 ** 26,
    memoryBytes: given.memoryBytes ?? 0,
    log,
  })
  const broken: string[] = []
  const tiles = createTiles({
    db: database.db,
    url: database.url,
    storage,
    clock: systemClock,
    log,
    cache,
    threads: 2,
    compiledBytes: 2 ** 26,
    land: given.land ?? null,
    onBrokenCell: (key) => broken.push(key),
    ...(given.preferStandard === undefined ? {} : { preferStandard: given.preferStandard }),
  })
  return {
    ...tiles,
    storage,
    cache,
    broken,
    async close() {
      await tiles.close()
      await cache.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** For a server whose tests request no tile. */
export function unusedTiles(): Tiles {
  const unused = async () => {
    throw new Error('this server has no tiles')
  }
  return new Proxy({} as Tiles, { get: () => unused })
}
