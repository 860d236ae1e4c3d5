import type { JobType } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import type { TileCache } from '#tiles/cache/tile-cache.ts'

export interface ClearTilesResult extends Record<string, unknown> {
  tiles: number
  bytes: number
}

/**
 * Empties the tile cache to free disk space. Never needed to show new charts: a tile's key names the charts it was made from. Tiles that
 * are requested in the meantime are made again and stay.
 */
export function clearTiles({ cache }: { cache: TileCache }): JobType<unknown, ClearTilesResult> {
  return {
    name: 'clear-tiles',
    queue: 'maintenance',
    creatable: true,
    exclusive: true,
    steps: [{ name: 'step_clear_tiles', weight: 1 }],
    parse: noParameters,
    run: (job) =>
      job.step('step_clear_tiles', async (step) => {
        const { tiles, bytes } = await cache.clear({ signal: job.signal, onProgress: (fraction) => step.progress(fraction) })
        const freed = `${bytes.toLocaleString('en-US')} bytes`
        job.log.info(
          tiles === 0
            ? 'The tile cache was empty'
            : `Removed ${tiles.toLocaleString('en-US')} ${tiles === 1 ? 'tile' : 'tiles'}, ${freed}`,
        )
        return { tiles, bytes }
      }),
  }
}
