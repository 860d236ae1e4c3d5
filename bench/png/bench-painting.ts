import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { METATILE_TILES } from '#tiles/products/png/blocks.ts'
import { drawMetatile } from '#tiles/products/png/draw-metatile.ts'
import { toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'
import { quantile, type Step, type Walk } from '../tiles/walk.ts'

const TILES = METATILE_TILES ** 2
/** Metatiles drawn first, so that the engine has compiled the hot code, as in a running server. */
const WARM_UP = 5

/** Metatiles of the walk on one thread, uncached, beside the vector tiles of the same ground. */
export async function benchPainting(walk: Walk, zooms: readonly number[], most: number): Promise<void> {
  const land = createLandMap(await loadLand())
  console.log(`${walk.cells.length} cells, processor time a tile on one thread, uncached`)
  for (const z of zooms) {
    const steps = walk.steps.filter(({ tile }) => tile.z === z - 2).slice(0, most + WARM_UP)
    const raster: number[] = []
    const bytes: number[] = []
    const vector: number[] = []
    for (const step of steps) {
      const begun = process.threadCpuUsage()
      const pack = Buffer.from(await drawRaster(step, z, land))
      raster.push(milliseconds(begun) / TILES)
      for (let place = 0; place < TILES; place++) bytes.push(pack.readUInt32BE(4 * place))
      const again = process.threadCpuUsage()
      drawTile(
        step.tile,
        step.cells.map(({ cell }) => cell),
        land,
        () => {},
      )
      vector.push(milliseconds(again))
    }
    const warm = raster.slice(WARM_UP)
    console.log(
      `  zoom ${z}: p50 ${quantile(warm, 0.5).toFixed(1)} ms  p99 ${quantile(warm, 0.99).toFixed(1)} ms  ${(quantile(bytes, 0.5) / 1e3).toFixed(1)} kB at p50, ${(quantile(bytes, 0.99) / 1e3).toFixed(1)} kB at p99; the vector tile of the same ground p50 ${quantile(vector.slice(WARM_UP), 0.5).toFixed(1)} ms (${warm.length} metatiles)`,
    )
  }
}

const STYLE = toRasterStyle(STYLE_DEFAULTS)

/** A metatile of a zoom has the ground of a vector tile two zooms before. */
async function drawRaster({ tile, cells }: Step, z: number, land: ReturnType<typeof createLandMap>): Promise<Uint8Array> {
  const sources = { cells: cells.map(({ cell }) => cell), besideFiner: [], land, checkpoint: () => {} }
  return await drawMetatile({ z, x: tile.x, y: tile.y }, 1, STYLE, sources)
}

function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since)
  return (user + system) / 1_000
}
