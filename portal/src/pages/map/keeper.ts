import type { Timers } from '../../live/timers.ts'

/** Keeps one expensive object for a while after its last use. */
export interface Keeper<T> {
  /** Returns the object kept under this key, or null; an object under another key is discarded. */
  take(key: string): T | null
  leave(key: string, thing: T): void
  /** Discards the kept object. */
  drop(): void
}

/** @param milliseconds how long an object is kept after its last use. */
export function createKeeper<T>(timers: Timers, milliseconds: number, end: (thing: T) => void): Keeper<T> {
  let kept: { key: string; thing: T; timer: ReturnType<Timers['after']> } | null = null

  function release(): { key: string; thing: T } | null {
    const released = kept
    kept?.timer()
    kept = null
    return released
  }

  function drop(): void {
    const released = release()
    if (released !== null) end(released.thing)
  }

  return {
    take(key) {
      const released = release()
      if (released === null) return null
      if (released.key === key) return released.thing
      end(released.thing)
      return null
    },
    leave(key, thing) {
      drop()
      kept = { key, thing, timer: timers.after(milliseconds, drop) }
    },
    drop,
  }
}
