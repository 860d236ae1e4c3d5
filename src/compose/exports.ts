import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { createExports, type Exports } from '#exports/exports.ts'
import { createBackground } from '#lib/background.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createStyles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'

const EXPIRY_MILLISECONDS = 3_600_000

/** Offline packs. */
export function composeExports({ exports }: Config, db: Db, storage: BlobStore, tiles: Tiles): Exports {
  const clock = systemClock
  return createExports({ db, clock, storage, tiles, styles: createStyles({ db, clock }), mostTiles: exports.mostTiles })
}

/** Removes packs whose time is over, at the start and every hour. */
export function startExportExpiry(exports: Exports, log: Log, closing: AsyncDisposableStack): void {
  const expiry = createBackground({
    name: 'removing expired exports',
    intervalMilliseconds: EXPIRY_MILLISECONDS,
    atStart: true,
    clock: systemClock,
    log,
    async runOnce(signal) {
      const removed = await exports.removeExpired(signal)
      if (removed > 0) log.info({ exports: removed }, 'removed offline packs whose time is over')
    },
  })
  closing.defer(() => expiry.stop())
  expiry.start()
}
