import { type Window, WORLD } from '#compiled/format/compiled-cell.ts'
import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'

/** Knows where cells have lights whose figures reach beyond their place. */
export interface LightPlaces {
  /**
   * Whether any of some cells has such a light in a box of the world but not in another one.
   *
   * @param keys of the compiled cells. @param lastZoom lights that come into view at a later zoom do not count.
   */
  anyBetween(keys: readonly string[], outer: Window, inner: Window, lastZoom: number): Promise<boolean>
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
          const y = lights[at + 1]!
          // A cell may go on beyond the antimeridian, and so may the box.
          for (const turn of [0, WORLD, -WORLD]) {
            const x = lights[at]! + turn
            if (holds(outer, x, y) && !holds(inner, x, y)) return true
          }
        }
      }
      return false
    },
  }
}

function holds({ minX, minY, maxX, maxY }: Window, x: number, y: number): boolean {
  return x >= minX && x <= maxX && y >= minY && y <= maxY
}
