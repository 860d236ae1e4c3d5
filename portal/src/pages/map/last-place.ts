import { type Camera, readCamera, writeCamera } from './map-view.ts'

const KEY = 'chartroom.place'

/** The place that a map of this browser showed last, or null. */
export function readLastPlace(storage: Pick<Storage, 'getItem'>): Camera | null {
  try {
    return readCamera(storage.getItem(KEY) ?? undefined)
  } catch {
    return null
  }
}

export function writeLastPlace(storage: Pick<Storage, 'setItem'>, camera: Camera): void {
  try {
    storage.setItem(KEY, writeCamera(camera))
  } catch {
    // Private windows may refuse; the map then opens on the finest chart.
  }
}
