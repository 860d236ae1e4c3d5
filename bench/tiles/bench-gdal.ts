import { gzipSync } from 'node:zlib'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { WORLD } from '#geo/world.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'
import { mirrorCells, noCharts } from '../../test/s57/chart-files.ts'
import { startGdal } from '../../test/s57/gdal.ts'

const ZOOMS = [10, 14] as const
const NAMES = new Set(['US5GA20M', 'US5SAVCG', 'US5SAVDI'])

/**
 * Compares Chartroom with GDAL's MVT driver (gdal3.js): both cut whole cells, from the bytes of their files, into gzipped vector tiles
 * of zooms 10 to 14 on one thread, once, after a smaller cell to warm up. GDAL's tiles are not charts: it does not quilt, apply SCAMIN
 * or promise valid polygons.
 */
export async function benchGdal(): Promise<void> {
  const cells = await someCells()
  const gdal = await startGdal()
  const land = createLandMap(await loadLand())
  const own = (base: CellFile, updates: readonly CellFile[]) => {
    const cell = openCompiledCell(compileCell(readCell(base, updates)).buffer as ArrayBuffer)
    const { minX, minY, maxX, maxY } = cell.header
    const sum = { tiles: 0, bytes: 0 }
    for (let z: number = ZOOMS[0]; z <= ZOOMS[1]; z++) {
      const size = WORLD / 2 ** z
      for (let x = Math.floor(minX / size); x <= Math.floor(maxX / size); x++) {
        for (let y = Math.floor(minY / size); y <= Math.floor(maxY / size); y++) {
          const bytes = drawTile({ z, x: x % 2 ** z, y }, [cell], land, () => {})
          if (bytes.byteLength === 0) continue
          sum.tiles++
          sum.bytes += gzipSync(bytes).byteLength
        }
      }
    }
    return sum
  }
  const theirs = (base: CellFile, updates: readonly CellFile[]) => gdal.cutTiles(base, updates, ZOOMS)
  console.log(`cutting whole cells, zooms ${ZOOMS.join(' to ')}, reading included, one thread`)
  const [first, ...rest] = cells
  for (const [name, cut] of [
    ['Chartroom', own],
    ['gdal3.js', theirs],
  ] as const) {
    if (first !== undefined) cut(first[0]!, first.slice(1))
    const begun = process.cpuUsage()
    const sum = { tiles: 0, bytes: 0 }
    for (const [base, ...updates] of rest) {
      const { tiles, bytes } = cut(base!, updates)
      sum.tiles += tiles
      sum.bytes += bytes
    }
    const used = process.cpuUsage(begun)
    const seconds = (used.user + used.system) / 1e6
    console.log(
      `  ${name.padEnd(10)} ${sum.tiles} tiles in ${seconds.toFixed(1)} s of processor time: ${(sum.tiles / seconds).toFixed(0)} tiles/s, ${(sum.bytes / 1e6).toFixed(1)} MB`,
    )
  }
}

/** Returns the cells to cut; the first is only for warm-up. */
async function someCells(): Promise<(readonly CellFile[])[]> {
  if (noCharts !== false) return demoCells().map(({ files }) => files)
  const chosen = (await mirrorCells('day1')).filter(({ name }) => NAMES.has(name))
  const small = chosen.findIndex(({ name }) => name === 'US5SAVDI')
  return [...chosen.splice(small, 1), ...chosen].map(({ base, updates }) => [base, ...updates])
}
