import type { ChartSnapshot } from '../view/chart-snapshot.ts'

/** Remembers what was worked out from a snapshot, until another one replaces it. */
export interface SnapshotMemo<T> {
  get(snapshot: ChartSnapshot, key: string): T | undefined
  set(snapshot: ChartSnapshot, key: string, value: T): void
}

/** @param maximumEntries the oldest entries go beyond this number. */
export function createSnapshotMemo<T>(maximumEntries: number): SnapshotMemo<T> {
  const entries = new Map<string, T>()
  let version = -1
  return {
    get(snapshot, key) {
      if (snapshot.version < version) return undefined
      if (snapshot.version > version) {
        entries.clear()
        version = snapshot.version
      }
      return entries.get(key)
    },
    set(snapshot, key, value) {
      // A newer snapshot may have come while the value was worked out.
      if (snapshot.version !== version) return
      entries.set(key, value)
      for (const oldest of entries.keys()) {
        if (entries.size <= maximumEntries) break
        entries.delete(oldest)
      }
    },
  }
}
