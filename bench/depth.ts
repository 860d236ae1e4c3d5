import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { readCell } from '#s57/read-cell.ts'
import { cutLine, measureLine, piecesOf } from '#tiles/products/depth/cut-line.ts'
import { measureDepths } from '#tiles/products/depth/measure-depths.ts'
import { mergeAnswers } from '#tiles/products/depth/merge-answers.ts'
import { mirrorCells, noCharts } from '../test/s57/chart-files.ts'

// Measures the depths along 20 NM with 500 points, as a worker thread does with cells that it has opened. With the NOAA charts beside
// the checkout the line runs from the Savannah river out to sea, else along the invented coast.

const POINTS = 500
const METRES = 20 * 1_852
const ROUNDS = 15

/** Runs `npm run bench -- depth`. */
export async function run(): Promise<void> {
  const files =
    noCharts === false
      ? (await mirrorCells('day1')).map(({ base, updates }) => [base, ...updates])
      : demoCells().map((cell) => cell.files)
  const cells = files
    .map(([base, ...updates]) => {
      const bytes = compileCell(readCell(base!, updates))
      const shared = new SharedArrayBuffer(bytes.byteLength)
      new Uint8Array(shared).set(bytes)
      return openCompiledCell(shared)
    })
    .sort((a, b) => a.header.compilationScale - b.header.compilationScale)
  const [start, direction] =
    noCharts === false
      ? [
          [-81.02, 32.09],
          [0.955, -0.3],
        ]
      : [
          [-35.1, 42.93],
          [1, 0.05],
        ]
  const line = wavyLine(start as [number, number], direction as [number, number])
  const measured = measureLine(line)
  const measure = () => {
    const pieces = piecesOf(cutLine(measured), 50)
    return mergeAnswers(
      pieces.map((piece) => measureDepths(piece, cells, () => {})),
      measured.length,
    )
  }
  const profile = measure()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now()
    measure()
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const sources = new Set(profile.samples.flatMap(({ source }) => source?.cell ?? []))
  console.log(`line: ${(measured.length / 1_852).toFixed(1)} NM, ${line.length} points, ${profile.samples.length} samples`)
  console.log(`charts: ${[...sources].join(' ')}; ${profile.dangers.length} dangers, ${profile.gaps.length} gaps`)
  console.log(`shoalest: ${profile.shoalest?.depth} m`)
  console.log(`time: median ${times[ROUNDS >> 1]?.toFixed(1)} ms, worst ${times.at(-1)?.toFixed(1)} ms (at most 100)`)
}

/** A line that swings to both sides, of the wanted length within a hundredth. */
function wavyLine([longitude, latitude]: [number, number], [east, north]: [number, number]): [number, number][] {
  const at = (scale: number) =>
    Array.from({ length: POINTS }, (_, i): [number, number] => {
      const t = (i / (POINTS - 1)) * scale
      const swing = Math.sin(i / 12) * 0.002
      return [longitude + t * east - swing * north, latitude + t * north + swing * east]
    })
  let scale = 0.3
  for (let round = 0; round < 20; round++) scale *= METRES / measureLine(at(scale)).length
  return at(scale)
}
