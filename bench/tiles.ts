// `npm run bench -- tiles [folder with zips of cells]`: drawing vector tiles in one thread, without cache and HTTP, over a seeded walk
// of 2,000 positions of features and zooms 0 to 16. Without a folder, the invented coast. Processor time, for a busy machine.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { compileCell } from '#charts/compiled/compile-cell.ts'
import { type CompiledCell, WORLD } from '#charts/compiled/compiled-cell.ts'
import { openCompiledCell } from '#charts/compiled/open-compiled-cell.ts'
import { latitudeOfY } from '#charts/compiled/world-position.ts'
import { demoCells } from '#charts/demo-mirror/demo-cells.ts'
import { readCellFiles } from '#charts/zip/read-cell-files.ts'
import { readCell } from '#s57/read-cell.ts'
import { randomBy } from '#test/audit-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { orderCells } from '#tiles/cell-order.ts'
import { drawTile } from '#tiles/draw/draw-tile.ts'

const STEPS = 2_000
const SEED = 1

export async function run([folder]: string[]): Promise<void> {
  const cells = await loadCells(folder)
  const land = createLandMap(await loadLand())
  const ranked = cells.map((cell) => {
    const { header } = cell
    return { ...header, scale: header.compilationScale, latitude: latitudeOfY((header.minY + header.maxY) / 2), cell }
  })
  const random = randomBy(SEED)
  const milliseconds: number[] = []
  const bytes: number[] = []
  for (let step = 0; step < STEPS; step++) {
    const { cell } = ranked[Math.floor(random() * ranked.length)]!
    const feature = Math.floor(random() * cell.featureCount)
    const z = Math.floor(random() * 17)
    const size = WORLD / 2 ** z
    const at = (low: number, high: number) => Math.min(2 ** z - 1, Math.max(0, Math.floor((((low + high) / 2) % WORLD) / size)))
    const box = cell.featureBox.subarray(feature * 4, feature * 4 + 4) as unknown as [number, number, number, number]
    const tile = { z, x: at(box[0], box[2]), y: at(box[1], box[3]) }
    const near = ranked.filter(({ minX, minY, maxX, maxY }) => {
      if (minY > (tile.y + 1.2) * size || maxY < (tile.y - 0.2) * size) return false
      return [0, WORLD, -WORLD].some((turn) => minX + turn < (tile.x + 1.2) * size && maxX + turn > (tile.x - 0.2) * size)
    })
    const ordered = orderCells(near, z).map((each) => each.cell)
    const before = process.threadCpuUsage()
    bytes.push(drawTile(tile, ordered, land, () => {}).byteLength)
    const used = process.threadCpuUsage(before)
    milliseconds.push((used.user + used.system) / 1_000)
  }
  console.log(`${cells.length} cells, ${STEPS} tiles, one thread, processor time`)
  console.log(`drawing: p50 ${share(milliseconds, 0.5).toFixed(1)} ms, p99 ${share(milliseconds, 0.99).toFixed(1)} ms`)
  console.log(`bytes: p50 ${share(bytes, 0.5)}, p99 ${share(bytes, 0.99)}, most ${share(bytes, 1)}`)
}

const share = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!

async function loadCells(folder: string | undefined): Promise<CompiledCell[]> {
  const open = (bytes: Uint8Array) => openCompiledCell(bytes.buffer as ArrayBuffer)
  if (folder === undefined) return demoCells().map(({ files }) => open(compileCell(readCell(files[0]!, files.slice(1)))))
  const cells: CompiledCell[] = []
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.zip'))) {
    const { base, updates } = await readCellFiles(path.join(folder, name), name)
    cells.push(open(compileCell(readCell(base, updates))))
  }
  return cells
}
