import type { JobType } from '#jobs/job-type.ts'
import type { BlobStore } from '#storage/blob-store.ts'

/** Where the tile cache lies in the storage. */
export const TILES_PREFIX = 'tiles/'

export interface ClearTilesResult extends Record<string, unknown> {
  tiles: number
  bytes: number
}

/**
 * Empties the tile cache to free disk space. Never needed for fresh charts: a tile's key names the charts it was made of, so a
 * stale one is not found. Tiles that are asked for meanwhile are made anew and stay.
 */
export function clearTiles(options: { storage: BlobStore }): JobType<ClearTilesResult> {
  const { storage } = options
  return {
    name: 'clear-tiles',
    queue: 'maintenance',
    creatable: true,
    exclusive: true,
    steps: [{ name: 'step_clear_tiles', weight: 1 }],
    run: (job) =>
      job.step('step_clear_tiles', async (step) => {
        const tiles = []
        for await (const tile of storage.list(TILES_PREFIX)) {
          job.signal.throwIfAborted()
          tiles.push(tile)
        }
        let removed = 0
        let bytes = 0
        for (const [i, tile] of tiles.entries()) {
          job.signal.throwIfAborted()
          // Somebody else may have deleted it since it was listed.
          if (await storage.delete(tile.key)) {
            removed++
            bytes += tile.bytes
          }
          step.progress((i + 1) / tiles.length)
        }
        const freed = `${bytes.toLocaleString('en-US')} bytes`
        job.log.info(removed === 0 ? 'The tile cache was empty' : `Removed ${removed.toLocaleString('en-US')} tiles, ${freed}`)
        return { tiles: removed, bytes }
      }),
  }
}
