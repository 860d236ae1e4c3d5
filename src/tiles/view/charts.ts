import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { type ChartSnapshot, createSnapshot } from './chart-snapshot.ts'
import { type LoadedCell, loadCells } from './load-cells.ts'
import { boxesOf } from './outline.ts'

/** PostgreSQL notifies this channel with each change of the table `cell` (migration notify-cells). */
export const CELLS_CHANNEL = 'chartroom_cells'

/** The visible cells, kept up to date. */
export interface Charts {
  /**
   * The cells as they are now. Whoever makes something of them asks once and works with that.
   *
   * @throws what the database throws when there is nothing loaded yet.
   */
  current(): Promise<ChartSnapshot>
  /** To be called when cells have changed or may have: at a notification, and when listening has begun. */
  changed(): void
  /** Resolves with the first list of cells, this one or a later one, that is as wanted. */
  until(wanted: (snapshot: ChartSnapshot) => boolean): Promise<ChartSnapshot>
  /** Resolves when all that `changed` told of so far has been taken in. */
  settled(): Promise<void>
}

export interface ChartsOptions {
  db: Db
  clock: Clock
  log: Log
  /** Whether notifications come. While they do not, the table is asked again when the last answer is older than a second. */
  listening(): boolean
}

const LONGEST_BLIND = 1_000

export function createCharts({ db, clock, log, listening }: ChartsOptions): Charts {
  let loaded: ReadonlyMap<string, LoadedCell> = new Map()
  let snapshot: ChartSnapshot | null = null
  let loadedAt = Number.NEGATIVE_INFINITY
  let version = 0
  let stale = true
  let running: Promise<void> | null = null
  let waiting: { wanted(snapshot: ChartSnapshot): boolean; resolve(snapshot: ChartSnapshot): void }[] = []

  /** One at a time; what changes while one runs is taken in by another round of it. */
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
          const fresh = createSnapshot(++version, cells, (cell) => boxesOf(cell.outline))
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
      if (!listening() && clock.monotonic() - loadedAt > LONGEST_BLIND) stale = true
      // What is being loaded was announced already: an answer made of the old cells would be out of date when it arrives.
      if (stale || running !== null) {
        try {
          await load()
        } catch (error) {
          if (snapshot === null) throw error
          log.warn({ reason: messageOf(error) }, 'the list of cells could not be read again; the last one is used')
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
