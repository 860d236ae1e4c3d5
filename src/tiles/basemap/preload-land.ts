import type { LandRings } from './load-land.ts'
import { loadLandInWorker } from './load-land-in-worker.ts'

/** Returns the land; a failed load is repeated by the next call. */
export type LandLoader = () => Promise<LandRings[]>

/** Starts loading the land at once, so that it is there when the first tile is drawn. */
export function preloadLand(load: LandLoader = loadLandInWorker): LandLoader {
  let loading: Promise<LandRings[]> | null = null
  const get = () => {
    loading ??= load().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  get().catch(() => {})
  return get
}
