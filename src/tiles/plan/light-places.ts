import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { turnsOnto, type WorldBox, worldBoxHolds } from '#geo/world.ts'

/** Where cells have lights with figures, which reach beyond their position. */
export interface LightPlaces {
  /**
   * Whether any of the cells has such a light inside `outer` and outside `inner`, two boxes of the world.
   *
   * @param keys of the compiled cells.
   * @param lastZoom lights that come into view at a later zoom do not count.
   * @throws when a compiled cell cannot be read.
   */
  anyBetween(keys: readonly string[], outer: WorldBox, inner: WorldBox, lastZoom: number): Promise<boolean>
}

/** New editions add keys for as long as the server runs. */
const MAXIMUM_CELLS = 20_000

/** Remembers the lights of the cells it has read. */
export function createLightPlaces(compiled: Pick<CompiledCellCache, 'load'>): LightPlaces {
  /** By cell: x, y and first zoom of each light. */
  const known = new Map<string, Float64Array>()

  async function lightsOf(key: string): Promise<Float64Array> {
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const { bytes, release } = await compiled.load(key)
    const { lights, pointStart, pointXY, minZoom } = openCompiledCell(bytes, { verify: false })
    const found = new Float64Array(lights.count * 3)
    for (let row = 0; row < lights.count; row++) {
      const feature = lights.feature[row]!
      const point = pointStart[feature]!
      found.set([pointXY[point * 2]!, pointXY[point * 2 + 1]!, minZoom[feature]!], row * 3)
    }
    release()
    if (known.size >= MAXIMUM_CELLS) known.clear()
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
          // Both the cell and the box may extend beyond the antimeridian.
          const turns = turnsOnto({ minX: x, minY: y, maxX: x, maxY: y }, outer)
          if (turns.some((turn) => !worldBoxHolds(inner, x + turn, y))) return true
        }
      }
      return false
    },
  }
}
