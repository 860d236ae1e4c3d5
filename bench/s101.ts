import type { CellFile } from '#s57/cell.ts'
import { readChart } from '#s101/chart/read-chart.ts'
import { twinCells } from '../test/s101/twin-cells.ts'

const rounds = 40
/** V8 still compiles in the first ten rounds; a server that has read some charts has done so. */
const warmUps = 20
const cells = 6
const target = 0.7

type Name = 'S-57' | 'S-101'
const names: readonly Name[] = ['S-57', 'S-101']

/**
 * Reads invented cells of equal content in both standards on one thread, with attributes and geometry of every feature; S-101 with its
 * conversion to S-57. The two take turns in pairs, so that a machine that slows down slows both. Medians count, of the times and of the
 * ratios of the pairs; the fastest rounds are shown as well, because nothing disturbs them.
 */
export async function run(): Promise<void> {
  const twins = Array.from({ length: cells }, (_, i) => twinCells({ seed: i + 1, squares: 20, vertices: 30 }))
  const sets = { 'S-57': twins.map(({ s57 }) => s57), 'S-101': twins.map(({ s101 }) => s101) }
  const sizes = { 'S-57': megabytesOf(sets['S-57']), 'S-101': megabytesOf(sets['S-101']) }
  const times: Record<Name, number[]> = { 'S-57': [], 'S-101': [] }
  const features: Record<Name, number> = { 'S-57': 0, 'S-101': 0 }
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const before = process.cpuUsage()
      features[name] = readAll(sets[name])
      const { user, system } = process.cpuUsage(before)
      if (round >= warmUps) times[name].push((user + system) / 1000)
    }
  }
  console.log(`${cells} cells of equal content, ${rounds} pairs of rounds, one thread, by processor time`)
  for (const name of names) {
    const [middle, fastest] = [median(times[name]), Math.min(...times[name])]
    console.log(
      `  ${name.padEnd(6)} ${sizes[name].toFixed(1)} MB, ${features[name]} features, median ${middle.toFixed(0)} ms ` +
        `(${speed(sizes[name], middle)} MB/s), fastest ${fastest.toFixed(0)} ms (${speed(sizes[name], fastest)} MB/s)`,
    )
  }
  const ratioOf = (s57: number, s101: number) => (s57 / s101) * (sizes['S-101'] / sizes['S-57'])
  const pairs = times['S-57'].map((time, i) => ratioOf(time, times['S-101'][i]!))
  const medians = ratioOf(median(times['S-57']), median(times['S-101']))
  const fastest = ratioOf(Math.min(...times['S-57']), Math.min(...times['S-101']))
  console.log(
    `  S-101 reads ${median(pairs).toFixed(2)} times the megabytes a second of S-57 in the median pair, ` +
      `${medians.toFixed(2)} by medians, ${fastest.toFixed(2)} by the fastest rounds; the target is ${target}`,
  )
}

const speed = (megabytes: number, milliseconds: number) => ((megabytes / milliseconds) * 1000).toFixed(1)
const megabytesOf = (files: readonly CellFile[]) => files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6

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
