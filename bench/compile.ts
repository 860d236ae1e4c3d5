import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { type CellFiles, mirrorCells, noCharts } from '../test/s57/chart-files.ts'
import { startGdal } from '../test/s57/gdal.ts'
import { inventedCell } from '../test/s57/invented-cells.ts'

const rounds = 3
/** Starts no further round after this time: a busy machine would take ten minutes. */
const longestMilliseconds = 120_000

/**
 * Compiles every cell of the small NOAA mirror (or, without it, invented cells) from the bytes of its files on one thread, and has GDAL
 * (gdal3.js, WebAssembly) convert the same cells to GeoPackage, a format with spatial indexes. After one round to warm up, the two
 * alternate; the median counts. Unzipping, writing to disk and starting GDAL are excluded.
 */
export async function run(): Promise<void> {
  const cells = noCharts === false ? await mirrorCells('day1') : inventedCells()
  const megabytes =
    cells.flatMap(({ base, updates }) => [base, ...updates]).reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
  const gdal = await startGdal()
  let ownBytes = 0
  let theirBytes = 0
  let features = 0
  let vertices = 0
  const files = new Map<string, Uint8Array>()
  const own = () => {
    for (const { name, base, updates } of cells) files.set(name, compileCell(readCell(base, updates)))
  }
  const theirs = () => {
    theirBytes = 0
    for (const { base, updates } of cells) theirBytes += gdal.convert(base, updates)
  }
  const open = () => {
    ownBytes = features = vertices = 0
    for (const file of files.values()) {
      const cell = openCompiledCell(file.buffer as ArrayBuffer)
      ownBytes += cell.byteLength
      features += cell.featureCount
      vertices += cell.vertexZoom.length
    }
  }
  const times = { own: [] as Time[], theirs: [] as Time[], open: [] as Time[] }
  const begun = performance.now()
  for (let round = 0; round <= rounds; round++) {
    if (round > 1 && performance.now() - begun > longestMilliseconds) break
    const measured = { own: timeOf(own), theirs: timeOf(theirs), open: timeOf(open) }
    if (round > 0) for (const name of ['own', 'theirs', 'open'] as const) times[name].push(measured[name])
  }
  console.log(
    `Compiling: ${cells.length} cells, ${megabytes.toFixed(1)} MB, ${features} features, ${vertices} vertices, median of ${times.own.length} rounds, one thread`,
  )
  const line = (name: string, list: Time[], bytes: number) => {
    const wall = median(list.map((time) => time.wall))
    const cpu = median(list.map((time) => time.cpu))
    console.log(
      `  ${name.padEnd(22)} ${wall.toFixed(0).padStart(6)} ms ${(wall / megabytes).toFixed(1).padStart(7)} ms/MB` +
        `  processor time ${cpu.toFixed(0)} ms  output ${(bytes / 1e6).toFixed(1)} MB`,
    )
  }
  line('Chartroom', times.own, ownBytes)
  line('gdal3.js to GeoPackage', times.theirs, theirBytes)
  line('opening, with checksum', times.open, ownBytes)
  const slowest = cells
    .map(({ name, base, updates }) => ({ name, ...timeOf(() => void compileCell(readCell(base, updates))) }))
    .sort((a, b) => b.wall - a.wall)[0]
  console.log(`  slowest cell: ${slowest?.name} ${slowest?.wall.toFixed(0)} ms`)
}

interface Time {
  /** Milliseconds by the clock, and of the processor. */
  wall: number
  cpu: number
}

function timeOf(work: () => void): Time {
  const cpu = process.cpuUsage()
  const start = performance.now()
  work()
  const wall = performance.now() - start
  const used = process.cpuUsage(cpu)
  return { wall, cpu: (used.user + used.system) / 1000 }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function inventedCells(): CellFiles[] {
  return Array.from({ length: 10 }, (_, i) => inventedCell({ name: `XX5BEN${i}A`, seed: i + 1, squares: 20, vertices: 30 }))
}
