import { type Feature, readCell } from '#s57/read-cell.ts'
import { type CellFiles, mirrorCells, noCharts } from '../test/s57/chart-files.ts'
import { startGdal } from '../test/s57/gdal.ts'
import { inventedCell } from '../test/s57/invented-cells.ts'

const rounds = 5
/** Rounds until the code is compiled and memory allocated, as in a server that has read some charts. */
const warmUps = 4

/**
 * Reads every cell of the small NOAA mirror (or, without it, invented cells) on one thread, with attributes and geometry of every
 * feature, and compares with GDAL (gdal3.js, WebAssembly) on the same bytes in the same process. GDAL copies all features to a dataset
 * in memory, the cheapest way to make it assemble everything. After rounds to warm up, the two alternate; the median counts. Unzipping
 * and starting GDAL are excluded.
 */
export async function run(): Promise<void> {
  const cells = noCharts === false ? await mirrorCells('day1') : inventedCells()
  const megabytes =
    cells.flatMap(({ base, updates }) => [base, ...updates]).reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
  const gdal = await startGdal()
  let features = 0
  const own = () => {
    features = 0
    for (const { base, updates } of cells) for (const feature of readCell(base, updates).features()) features += touch(feature)
  }
  const theirs = () => {
    for (const { base, updates } of cells) gdal.readAll(base, updates)
  }

  const ownTimes: Time[] = []
  const theirTimes: Time[] = []
  for (let round = 0; round < warmUps + rounds; round++) {
    const ownTime = timeOf(own)
    const theirTime = timeOf(theirs)
    if (round < warmUps) continue
    ownTimes.push(ownTime)
    theirTimes.push(theirTime)
  }

  console.log(
    `S-57: ${cells.length} cells, ${megabytes.toFixed(1)} MB, ${features} features, median of ${rounds} rounds, one thread`,
  )
  const line = (name: string, times: Time[]) => {
    const wall = median(times.map((time) => time.wall))
    const cpu = median(times.map((time) => time.cpu))
    const speed = (megabytes / wall) * 1000
    const rate = (features / wall) * 1000
    console.log(
      `  ${name.padEnd(10)} ${wall.toFixed(0).padStart(6)} ms ${speed.toFixed(1).padStart(7)} MB/s ${rate.toFixed(0).padStart(8)} features/s` +
        `  (processor time ${cpu.toFixed(0)} ms)`,
    )
  }
  line('Chartroom', ownTimes)
  line('gdal3.js', theirTimes)
  const ratio = (kind: keyof Time) =>
    (median(theirTimes.map((time) => time[kind])) / median(ownTimes.map((time) => time[kind]))).toFixed(1)
  console.log(`  ${ratio('wall')} times as fast as gdal3.js; by processor time ${ratio('cpu')} times`)
}

/** Counts a feature and accesses its content, so that none of it can be skipped. */
function touch(feature: Feature): number {
  return feature.attributes.size >= 0 && feature.geometry !== undefined ? 1 : 0
}

/** Milliseconds. Processor time includes the threads of the garbage collector and is reliable on a busy machine. */
interface Time {
  wall: number
  cpu: number
}

function timeOf(work: () => void): Time {
  const start = performance.now()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, cpu: (user + system) / 1000 }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function inventedCells(): CellFiles[] {
  return Array.from({ length: 10 }, (_, i) => inventedCell({ name: `XX5BEN${i}A`, seed: i + 1, squares: 20, vertices: 30 }))
}
