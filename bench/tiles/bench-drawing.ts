import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'
import { quantile, type Walk } from './walk.ts'

/** Steps drawn first, so that the engine has compiled the hot code, as in a running server. */
const WARM_UP = 200

/** Times drawing on one thread, without cache and HTTP. Processor time is reliable on a busy machine too. */
export async function benchDrawing({ steps }: Walk): Promise<void> {
  const land = createLandMap(await loadLand())
  const cpu: number[] = []
  const wall: number[] = []
  const bytes: number[] = []
  for (const { tile, cells } of [...steps.slice(0, WARM_UP), ...steps]) {
    const ordered = cells.map(({ cell }) => cell)
    const begun = performance.now()
    const before = process.threadCpuUsage()
    bytes.push(drawTile(tile, ordered, land, () => {}).byteLength)
    const used = process.threadCpuUsage(before)
    cpu.push((used.user + used.system) / 1_000)
    wall.push(performance.now() - begun)
  }
  for (const list of [cpu, wall, bytes]) list.splice(0, Math.min(WARM_UP, steps.length))
  const line = (name: string, list: readonly number[]) =>
    console.log(
      `  ${name.padEnd(22)} p50 ${quantile(list, 0.5).toFixed(1)} ms  p90 ${quantile(list, 0.9).toFixed(1)} ms  p99 ${quantile(list, 0.99).toFixed(1)} ms`,
    )
  console.log('drawing, one thread, uncached')
  line('processor time', cpu)
  line('by the clock', wall)
  for (const [low, high] of [
    [0, 5],
    [6, 9],
    [10, 13],
    [14, 16],
  ] as const) {
    line(
      `  zoom ${low} to ${high}`,
      cpu.filter((_, i) => steps[i]!.tile.z >= low && steps[i]!.tile.z <= high),
    )
  }
  console.log(
    `  bytes per tile         p50 ${quantile(bytes, 0.5)}  p99 ${quantile(bytes, 0.99)}  max ${quantile(bytes, 1)} (before compression)`,
  )
}
