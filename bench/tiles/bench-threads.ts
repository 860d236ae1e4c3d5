import { silentLog } from '#lib/log.ts'
import { createTileRenderer } from '#tiles/render/tile-renderer.ts'
import type { Walk } from './walk.ts'

const STEPS = 800

/**
 * Tiles per second of one and of two of the server's worker threads, never idle.
 *
 * @param memoryMegabytes heap of each thread.
 */
export async function benchThreads({ steps }: Walk, memoryMegabytes?: number): Promise<void> {
  console.log(`worker threads, ${Math.min(STEPS, steps.length)} tiles each`)
  const never = new AbortController().signal
  for (const threads of [1, 2]) {
    const renderer = createTileRenderer({ threads, memoryMegabytes, log: silentLog() })
    const draw = async ({ tile, cells }: Walk['steps'][number]) => {
      await renderer.make(
        { product: 'vector', request: tile, facts: null, cells: cells.map(({ name, bytes }) => ({ key: name, bytes })) },
        never,
      )
    }
    const all = async (list: Walk['steps']) => {
      const queue = list.values()
      const worker = async () => {
        for (const step of queue) await draw(step)
      }
      await Promise.all(Array.from({ length: 2 * threads }, worker))
    }
    await all(steps.slice(-100 * threads))
    const begun = performance.now()
    await all(steps.slice(0, STEPS))
    const seconds = (performance.now() - begun) / 1_000
    console.log(`  ${threads} thread${threads === 1 ? ' ' : 's'} ${(Math.min(STEPS, steps.length) / seconds).toFixed(0)} tiles/s`)
    await renderer.close()
  }
}
