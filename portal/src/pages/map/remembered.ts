import { isRecord } from '../../api/errors.ts'
import { DEFAULT_DISPLAY, type Display, displayOf, readMapView, viewOfDisplay } from './map-view.ts'

/** What this browser remembers about its map. */
export interface Remembered {
  display: Display
  /** Whether the portal turns to its night scheme while the map has the night theme. */
  nightScheme: boolean
}

const KEY = 'chartroom.map'

/** Reads what was remembered; values that this version does not know become the defaults. */
export function readRemembered(storage: Pick<Storage, 'getItem'>): Remembered {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? 'null')
    if (isRecord(stored))
      return { display: displayOf(readMapView(stored), DEFAULT_DISPLAY), nightScheme: stored['nightScheme'] !== false }
  } catch {
    // Damaged or blocked storage only means the default map.
  }
  return { display: DEFAULT_DISPLAY, nightScheme: true }
}

export function writeRemembered(storage: Pick<Storage, 'setItem'>, { display, nightScheme }: Remembered): void {
  try {
    storage.setItem(KEY, JSON.stringify({ ...viewOfDisplay(display), nightScheme }))
  } catch {
    // Private windows may refuse; the map still works.
  }
}
