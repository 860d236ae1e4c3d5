import { turned, turnsOnto, WORLD_SQUARE, type WorldBox } from '#geo/world.ts'
import type { ChartSnapshot } from '../view/chart-snapshot.ts'

/** The parts of a snapshot that tell whether a result derived from an earlier one still holds. */
type Changing = Pick<ChartSnapshot, 'version' | 'changes'>

/** Remembers results derived from the cells of some ground until one of them changes; changes elsewhere cost nothing. */
export interface RememberedPlans<T> {
  /** The value that holds for a snapshot, if it is remembered. */
  get(snapshot: Changing, key: string): T | undefined
  /**
   * @param seen a box of the world, x possibly outside 0..WORLD: nothing outside it decided the value. Null when no cell did.
   */
  set(snapshot: Changing, key: string, seen: WorldBox | null, value: T): void
}

interface Entry<T> {
  /** The last snapshot for which the value is known to hold. */
  version: number
  /** Within 0..WORLD. */
  boxes: readonly WorldBox[]
  value: T
}

/** @param maximumEntries the oldest entries go beyond this number. */
export function createRememberedPlans<T>(maximumEntries: number): RememberedPlans<T> {
  /** The one set last is at the end. */
  const entries = new Map<string, Entry<T>>()
  return {
    get(snapshot, key) {
      const entry = entries.get(key)
      if (entry === undefined || entry.version > snapshot.version) return undefined
      if (!holds(entry, snapshot)) return undefined
      entry.version = snapshot.version
      return entry.value
    },
    set(snapshot, key, seen, value) {
      // A newer snapshot may have arrived while the value was derived.
      if ((entries.get(key)?.version ?? 0) > snapshot.version) return
      entries.delete(key)
      entries.set(key, { version: snapshot.version, boxes: seen === null ? [] : withinWorld(seen), value })
      for (const [oldest, entry] of entries) {
        // A value older than the remembered changes would only keep old cells in memory.
        if (entries.size <= maximumEntries && isRemembered(entry.version, snapshot)) break
        entries.delete(oldest)
      }
    },
  }
}

/** Whether all changes between two snapshots are known. */
function isRemembered(version: number, { version: now, changes }: Changing): boolean {
  return version >= now || (changes[0]?.version ?? Number.POSITIVE_INFINITY) <= version + 1
}

function holds<T>({ version, boxes }: Entry<T>, snapshot: Changing): boolean {
  if (!isRemembered(version, snapshot)) return false
  for (let i = snapshot.changes.length - 1; i >= 0; i--) {
    const change = snapshot.changes[i]!
    if (change.version <= version) break
    if (change.boxes === null || change.boxes.some((changed) => boxes.some((box) => meet(box, changed)))) return false
  }
  return true
}

const meet = (a: WorldBox, b: WorldBox) => a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY

/** A box within the world, like the boxes of cells: in two parts across the antimeridian. */
function withinWorld(box: WorldBox): WorldBox[] {
  return turnsOnto(box, WORLD_SQUARE).map((turn) => turned(box, turn))
}
