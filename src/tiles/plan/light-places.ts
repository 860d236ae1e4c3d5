import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { turnsOnto, type WorldBox, worldBoxHolds } from '#geo/world.ts'

/** Knows where cells have lights whose figures reach beyond their place. */
export interface LightPlaces {
  /**
   * Whether any of some cells has such a light in a box of the world but not in another one.
   *
   * @param keys of the compiled cells. @param lastZoom lights that come into view at a later zoom do not count.
   */
  anyBetween(keys: readonly string[], outer: WorldBox, inner: WorldBox, lastZoom: number): Promise<boolean>
}

/** Cells are replaced by others over the years that a server runs. */
const MOST_CELLS = 20_000

export function createLightPlaces(compiled: Pick<CompiledCellCache, 'load'>): LightPlaces {
  /** By cell, for each light x, y and the zoom from which on it is shown. */
  const known = new Map<string, Float64Array>()

  async function lightsOf(key: string): Promise<Float64Array> {
    const before = known.get(key)
    if (before !== undefined) return before
    const { lights, pointStart, pointXY, minZoom } = openCompiledCell(await compiled.load(key), { verify: false })
    const found = new Float64Array(lights.count * 3)
    for (let row = 0; row < lights.count; row++) {
      const feature = lights.feature[row]!
      const point = pointStart[feature]!
      found.set([pointXY[point * 2]!, pointXY[point * 2 + 1]!, minZoom[feature]!], row * 3)
    }
    if (known.size >= MOST_CELLS) known.clear()
    known.set(key, found)
    return found
  }

  return {
    async anyBetween(keys, outer, inner, lastZoom) {
      for (const key of keys) {
        const lights = await lightsOf(key)
        for (let at = 0; at < lights.length; at += 3) {
          if (lights[at + 2]! > lastZoom) continue
          const [x, y] = [lights[at]!, lights[at + 1]!]
          // A cell may go on beyond the antimeridian, and so may the box.
          const turns = turnsOnto({ minX: x, minY: y, maxX: x, maxY: y }, outer)
          if (turns.some((turn) => !worldBoxHolds(inner, x + turn, y))) return true
        }
      }
      return false
    },
  }
}
