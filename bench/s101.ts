import type { CellFile } from '#s57/cell.ts'
import { readChart } from '#s101/chart/read-chart.ts'
import { twinCells } from '../test/s101/twin-cells.ts'

const rounds = 7
/** Rounds until the code is compiled and memory allocated, as in a server that has read some charts. */
const warmUps = 4
const cells = 6
const target = 0.7

/**
 * Reads invented cells of equal content in both standards on one thread, with attributes and geometry of every feature; S-101 with its
 * conversion to S-57. The two alternate; the median counts.
 */
export async function run(): Promise<void> {
  const twins = Array.from({ length: cells }, (_, i) => twinCells({ seed: i + 1, squares: 20, vertices: 30 }))
  const sets = { 'S-57': twins.map(({ s57 }) => s57), 'S-101': twins.map(({ s101 }) => s101) }
  const times: Record<keyof typeof sets, number[]> = { 'S-57': [], 'S-101': [] }
  const features: Record<keyof typeof sets, number> = { 'S-57': 0, 'S-101': 0 }
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const name of ['S-57', 'S-101'] as const) {
      const before = process.cpuUsage()
      features[name] = readAll(sets[name])
      const { user, system } = process.cpuUsage(before)
      if (round >= warmUps) times[name].push((user + system) / 1000)
    }
  }
  console.log(`${cells} cells of equal content, median of ${rounds} rounds, one thread, by processor time`)
  const speeds = (['S-57', 'S-101'] as const).map((name) => {
    const megabytes = sets[name].reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
    const milliseconds = median(times[name])
    const speed = (megabytes / milliseconds) * 1000
    console.log(
      `  ${name.padEnd(6)} ${megabytes.toFixed(1)} MB, ${features[name]} features, ${milliseconds.toFixed(0)} ms, ${speed.toFixed(1)} MB/s`,
    )
    return speed
  })
  const ratio = speeds[1]! / speeds[0]!
  console.log(`  S-101 reads ${ratio.toFixed(2)} times the megabytes a second of S-57; the target is ${target}`)
}

function readAll(files: readonly CellFile[]): number {
  let count = 0
  for (const file of files) {
    for (const feature of readChart(file).features()) {
      if (feature.attributes.size >= 0 && feature.geometry !== undefined) count++
    }
  }
  return count
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
