import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { Standard } from '#s57/cell.ts'
import { type ChartSnapshot, createSnapshot } from './chart-snapshot.ts'
import { createCellLoader } from './load-cells.ts'

/** PostgreSQL notifies this channel of each change to the table `cell` (migration notify-cells). */
export const CELLS_CHANNEL = 'chartroom_cells'

/** The visible cells, kept up to date. */
export interface Charts {
  /**
   * The cells as they are now. Ask once for each piece of work, and work with that snapshot.
   *
   * A change that comes alone is waited for, but not long; while changes stream in, the snapshot may be a second old.
   *
   * @throws the database's error while no snapshot has been loaded.
   */
  current(): Promise<ChartSnapshot>
  /** What `current` would return, without waiting; null when a change may have to be loaded first. */
  known(): ChartSnapshot | null
  /** To be called when cells may have changed: for each notification, and when listening starts. */
  changed(): void
  /** Resolves with the first snapshot, the present or a later one, for which `wanted` is true. */
  until(wanted: (snapshot: ChartSnapshot) => boolean): Promise<ChartSnapshot>
  /** Resolves when every change announced so far has been loaded. */
  settled(): Promise<void>
  /** Stops looking for changes. */
  close(): Promise<void>
}

export interface ChartsOptions {
  db: Db
  clock: Clock
  log: Log
  /** Whether notifications arrive. While they do not, the table is read again once the snapshot is a second old. */
  listening(): boolean
  /** Called with each new snapshot. */
  onSnapshot?(snapshot: ChartSnapshot): void
  /** Which of two twins is drawn. */
  preferStandard?: Standard
  /** How long a caller waits for a load in progress. Thousands of changed rows take longer than that. */
  patienceMilliseconds?: number
}

/** The time between two reads of the table: a refresh changes dozens of cells a second, in several transactions. */
const INTERVAL_MILLISECONDS = 1_000
const DEFAULT_PATIENCE = 100

export function createCharts(options: ChartsOptions): Charts {
  const { db, clock, log, listening, onSnapshot, preferStandard, patienceMilliseconds = DEFAULT_PATIENCE } = options
  const loader = createCellLoader(db)
  let snapshot: ChartSnapshot | null = null
  let begunAt = Number.NEGATIVE_INFINITY
  let version = 0
  let stale = true
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let waiting: { wanted(snapshot: ChartSnapshot): boolean; resolve(snapshot: ChartSnapshot): void }[] = []

  async function loadOnce(): Promise<void> {
    clearTimeout(timer)
    stale = false
    begunAt = clock.monotonic()
    try {
      const isChanged = await loader.load()
      if (isChanged || snapshot === null) publish()
    } catch (error) {
      stale = true
      throw error
    }
  }

  function publish(): void {
    // Known cells keep their place in the map, so they come nearly in the order of the last snapshot.
    const fresh = createSnapshot(++version, [...loader.cells.values()], preferStandard, snapshot)
    snapshot = fresh
    waiting = waiting.filter(({ wanted, resolve }) => {
      if (!wanted(fresh)) return true
      resolve(fresh)
      return false
    })
    onSnapshot?.(fresh)
  }

  /** One load at a time. */
  function load(): Promise<void> {
    running ??= loadOnce()
      .finally(() => {
        running = null
      })
      // After a failure the next request tries again.
      .then(() => {
        if (stale) schedule()
      })
    return running
  }

  function loadAndReport(): void {
    load().catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'the list of cells could not be read'))
  }

  const pause = () => Math.max(0, begunAt + INTERVAL_MILLISECONDS - clock.monotonic())

  function schedule(): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(loadAndReport, pause())
    timer.unref()
  }

  return {
    async current() {
      if (!listening() && pause() === 0) stale = true
      if (snapshot === null || (stale && pause() === 0)) void load().catch(() => {})
      if (running !== null) {
        try {
          await (snapshot === null ? running : patiently(running, patienceMilliseconds))
        } catch (error) {
          if (snapshot === null) throw error
          log.warn({ reason: messageOf(error) }, 'the list of cells could not be read again; using the last one')
        }
      }
      if (snapshot === null) throw new Error('the list of cells has not been loaded')
      return snapshot
    },
    known: () => (!stale && running === null && (listening() || pause() > 0) ? snapshot : null),
    changed() {
      stale = true
      if (running !== null || closed) return
      if (pause() === 0) loadAndReport()
      else schedule()
    },
    until(wanted) {
      if (snapshot !== null && wanted(snapshot)) return Promise.resolve(snapshot)
      return new Promise((resolve) => waiting.push({ wanted, resolve }))
    },
    async settled() {
      while (running !== null) await running.catch(() => {})
      if (stale) await load().catch(() => {})
    },
    async close() {
      closed = true
      clearTimeout(timer)
      while (running !== null) await running.catch(() => {})
    },
  }
}

/** Waits for a load, but not longer than a client should wait for a cached tile. */
async function patiently(loading: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  try {
    await Promise.race([loading, patience])
  } finally {
    clearTimeout(timer)
  }
}
