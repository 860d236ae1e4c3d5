import type { Db } from '#db/database.ts'
import { createExports, type Exports } from '#exports/exports.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createStyles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'

/** The offline packs of a test's server; no job makes them. */
export function createTestExports({
  clock = systemClock,
  ...parts
}: {
  db: Db
  storage: BlobStore
  tiles: Pick<Tiles, 'tile' | 'charts'>
  clock?: Clock
}): Exports {
  return createExports({
    ...parts,
    clock,
    styles: createStyles({ db: parts.db, clock }),
    mostTiles: 100_000,
  })
}
