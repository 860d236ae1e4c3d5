import type { Clock } from '#lib/clock.ts'

/** What is known about a tile before it is made. */
export interface RecentTile {
  digest: string
  candidates: number
  isOutdated: boolean
  content(signal: AbortSignal): Promise<unknown>
}

/** How one tile is found and made. */
export interface TileSource<Tile extends RecentTile> {
  /** The tile, when what it is made of is known without work; otherwise null. */
  known(): Promise<Tile | null>
  /** Whether its content is in the cache. */
  isMade(tile: Tile): Promise<boolean>
  /** The tile, as the charts are now. */
  find(signal: AbortSignal): Promise<Tile>
}

/** Recent versions of tiles at low zooms, for which thousands of cells compete. */
export interface RecentTiles<Tile extends RecentTile> {
  /**
   * The tile. When a change of cells has made it costly to find or to make, and it was up to date within `RECENT_MILLISECONDS`, the tile
   * of that time at once (`isOutdated`), while the new one is made for the next request.
   *
   * @param key names the request and the account.
   */
  get(key: string, source: TileSource<Tile>, signal: AbortSignal): Promise<Tile>
}

/** How long a tile may lag behind a change. */
export const RECENT_MILLISECONDS = 10_000
/** Tiles for which no more cells compete are found and made in milliseconds. */
const MANY_CELLS = 250
const MOST_REMEMBERED = 500

export function createRecentTiles<Tile extends RecentTile>(clock: Pick<Clock, 'monotonic'>): RecentTiles<Tile> {
  /** In the order of use. */
  const last = new Map<string, { tile: Tile; at: number }>()
  const renewing = new Set<string>()
  const { signal: never } = new AbortController()

  function remember(key: string, tile: Tile, at: number): Tile {
    if (tile.candidates <= MANY_CELLS) return tile
    last.delete(key)
    last.set(key, { tile, at })
    for (const oldest of last.keys()) {
      if (last.size <= MOST_REMEMBERED) break
      last.delete(oldest)
    }
    return tile
  }

  /** Makes the tile for later requests. A failure is left to the request that has to wait for it. */
  function renew(key: string, find: TileSource<Tile>['find']): void {
    if (renewing.has(key)) return
    renewing.add(key)
    const at = clock.monotonic()
    find(never)
      .then(async (tile) => {
        await tile.content(never)
        remember(key, tile, at)
      })
      .catch(() => {})
      .finally(() => renewing.delete(key))
  }

  return {
    async get(key, { known, isMade, find }, signal) {
      const now = clock.monotonic()
      const before = last.get(key)
      const isRecent = before !== undefined && now - before.at <= RECENT_MILLISECONDS
      if (!isRecent) return remember(key, await find(signal), now)
      const tile = await known()
      if (tile !== null && (tile.digest === before.tile.digest || (await isMade(tile)))) return remember(key, tile, now)
      renew(key, find)
      return { ...before.tile, isOutdated: true }
    },
  }
}
