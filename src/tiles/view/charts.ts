import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { type ChartSnapshot, createSnapshot } from './chart-snapshot.ts'
import { type LoadedCell, loadCells } from './load-cells.ts'

/** PostgreSQL notifies this channel of each change to the table `cell` (migration notify-cells). */
export const CELLS_CHANNEL = 'chartroom_cells'

/** The visible cells, kept up to date. */
export interface Charts {
  /**
   * The cells as they are now. Ask once for each piece of work, and work with that snapshot.
   *
   * @throws the database's error while no snapshot has been loaded.
   */
  current(): Promise<ChartSnapshot>
  /** To be called when cells may have changed: for each notification, and when listening starts. */
  changed(): void
  /** Resolves with the first snapshot, the present or a later one, for which `wanted` is true. */
  until(wanted: (snapshot: ChartSnapshot) => boolean): Promise<ChartSnapshot>
  /** Resolves when every change announced so far has been loaded. */
  settled(): Promise<void>
}

export interface ChartsOptions {
  db: Db
  clock: Clock
  log: Log
  /** Whether notifications arrive. While they do not, the table is read again once the snapshot is a second old. */
  listening(): boolean
}

const MAXIMUM_AGE_UNNOTIFIED = 1_000

export function createCharts({ db, clock, log, listening }: ChartsOptions): Charts {
  let loaded: ReadonlyMap<string, LoadedCell> = new Map()
  let snapshot: ChartSnapshot | null = null
  let loadedAt = Number.NEGATIVE_INFINITY
  let version = 0
  let stale = true
  let running: Promise<void> | null = null
  let waiting: { wanted(snapshot: ChartSnapshot): boolean; resolve(snapshot: ChartSnapshot): void }[] = []

  /** One load at a time; a change during a load causes another round. */
  function load(): Promise<void> {
    running ??= (async () => {
      try {
        while (stale) {
          stale = false
          const next = await loadCells(db, loaded)
          loadedAt = clock.monotonic()
          const same = snapshot !== null && next.size === loaded.size && [...next].every(([id, cell]) => loaded.get(id) === cell)
          loaded = next
          if (same) continue
          const cells = [...next.values()].map(({ cell }) => cell)
          const fresh = createSnapshot(++version, cells)
          snapshot = fresh
          waiting = waiting.filter(({ wanted, resolve }) => {
            if (!wanted(fresh)) return true
            resolve(fresh)
            return false
          })
        }
      } catch (error) {
        stale = true
        throw error
      } finally {
        running = null
      }
    })()
    return running
  }

  return {
    async current() {
      if (!listening() && clock.monotonic() - loadedAt > MAXIMUM_AGE_UNNOTIFIED) stale = true
      // The load in progress was announced already, so an answer from the old cells would be outdated on arrival.
      if (stale || running !== null) {
        try {
          await load()
        } catch (error) {
          if (snapshot === null) throw error
          log.warn({ reason: messageOf(error) }, 'the list of cells could not be read again; using the last one')
        }
      }
      if (snapshot === null) throw new Error('the list of cells has not been loaded')
      return snapshot
    },
    changed() {
      stale = true
      load().catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'the list of cells could not be read'))
    },
    until(wanted) {
      if (snapshot !== null && wanted(snapshot)) return Promise.resolve(snapshot)
      return new Promise((resolve) => waiting.push({ wanted, resolve }))
    },
    async settled() {
      while (running !== null) await running.catch(() => {})
    },
  }
}
