import type { MapSource } from './map-source.ts'
import type { Camera } from './map-view.ts'
import type { Start } from './open-map.ts'

const WORLD: [number, number, number, number] = [-170, -60, 170, 70]

/** The place in the URL, else the box of the most detailed chart. */
export async function firstPlace(source: Pick<MapSource, 'cells'>, asked: Camera | null): Promise<Start> {
  if (asked !== null) return { camera: asked }
  try {
    const [finest] = (await source.cells())
      .filter(({ bbox: [west, , east] }) => west < east)
      .toSorted((a, b) => a.scale - b.scale)
    return { box: finest?.bbox ?? WORLD }
  } catch {
    // The map itself reports what is wrong.
    return { box: WORLD }
  }
}
