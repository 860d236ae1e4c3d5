import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createRandom } from '#demo/noise.ts'
import type { ScaleBench } from '../measure/scale-bench.ts'
import { coveredSpots, tileAt, vectorPath } from '../measure/seeded-tiles.ts'
import { heldDay } from './changed-cells.ts'
import type { Row } from './row.ts'

const TILES = 2_000
/** Names of tiles that differ which are printed. */
const NAMED = 20

/**
 * Draws seeded tiles of zooms 0 to 16 and writes a digest of the bytes of each, one a line; `--compare FILE` lists the tiles that differ from
 * those of an earlier run on the same mirror.
 */
export const tileDigests: Row = {
  name: 'bytes',
  async measure(bench) {
    const wanted = seededPaths(bench, bench.small ? TILES / 5 : TILES)
    await bench.server()
    await bench.restart({ clearTiles: true })
    const lines = [headOf(bench, wanted.length, await heldDay(bench))]
    for (const address of wanted) {
      const answer = await bench.ask(address, { headers: { 'accept-encoding': 'identity' } })
      const digest = createHash('sha256').update(answer.body).digest('hex')
      lines.push(`${address} ${answer.status} ${answer.body.length} ${digest}`)
    }
    const earlier = bench.compare === null ? null : (await readFile(bench.compare, 'utf8')).trimEnd().split('\n')
    await writeFile(bench.digests, `${lines.join('\n')}\n`)
    const written = { what: `digests of ${wanted.length} seeded tiles`, measured: `written to ${bench.digests}`, aim: '' }
    if (earlier === null) return [written]
    const differing = differingTiles(earlier, lines)
    for (const address of differing.slice(0, NAMED)) console.log(`  differs: ${address}`)
    if (differing.length > NAMED) console.log(`  and ${differing.length - NAMED} more`)
    return [
      written,
      { what: `tiles that differ from ${bench.compare}`, measured: `${differing.length} of ${wanted.length}`, aim: '0' },
    ]
  },
}

/** Different tiles, each zoom with equal chance while it has any left. */
function seededPaths(bench: ScaleBench, count: number): string[] {
  const random = createRandom(900)
  const spot = coveredSpots(bench.mirror, 901)
  const paths = new Set<string>()
  while (paths.size < count) paths.add(vectorPath(tileAt(spot(), Math.floor(random() * 17))))
  return [...paths]
}

const headOf = ({ mirror }: ScaleBench, tiles: number, day: number) =>
  `# ${tiles} tiles of ${mirror.cells.length} cells, seed ${mirror.seed}, day ${day}`

/** Tiles whose lines are not the same. @throws Error when the files are of different mirrors or tiles. */
export function differingTiles(earlier: readonly string[], now: readonly string[]): string[] {
  const nameOf = (line: string) => line.split(' ')[0] ?? ''
  if (earlier[0] !== now[0]) throw new Error(`these digests cannot be compared: "${earlier[0]}" and "${now[0]}"`)
  const known = new Map(earlier.slice(1).map((line) => [nameOf(line), line]))
  return now.slice(1).flatMap((line) => (known.get(nameOf(line)) === line ? [] : [nameOf(line)]))
}
