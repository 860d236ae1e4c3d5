import { duration, type Figure, failuresOf, quantile, spreadOf } from '../figure.ts'
import type { Answer } from '../measure/http-client.ts'
import { coveredSpots, shuffled, tilesOfZoom, vectorPath } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

const ZOOMS = Array.from({ length: 17 }, (_, z) => z)
const PER_ZOOM = 60
/** Tiles drawn first and not counted, as a server has drawn some: its threads have started, and its code is compiled. */
const WARM_UP = 100
const CACHED_ROUNDS = 3

/** Tiles on covered ground, drawn one after the other in a seeded order of zooms, and then the same tiles from the cache. */
export const tilesPerZoom: Row = {
  name: 'tiles',
  async measure(bench) {
    const perZoom = bench.small ? PER_ZOOM / 5 : PER_ZOOM
    const spot = coveredSpots(bench.mirror, 202)
    const warmUp = ZOOMS.slice(9).flatMap((z) => tilesOfZoom(z, WARM_UP / 8, spot))
    const counted = ZOOMS.flatMap((z) => tilesOfZoom(z, perZoom, spot))
    await bench.server()
    await bench.restart({ clearTiles: true })
    const warm = new Set(warmUp.map(vectorPath))
    for (const address of warm) await bench.ask(address)
    const order = shuffled(
      counted.filter((tile) => !warm.has(vectorPath(tile))),
      203,
    )
    const drawn = new Map<number, Answer[]>(ZOOMS.map((z) => [z, []]))
    for (const tile of order) drawn.get(tile.z)?.push(await bench.ask(vectorPath(tile)))
    const kept = new Map<number, Answer[]>(ZOOMS.map((z) => [z, []]))
    for (let round = 0; round < CACHED_ROUNDS; round++) {
      for (const tile of order) kept.get(tile.z)?.push(await bench.ask(vectorPath(tile)))
    }
    const between = (answers: ReadonlyMap<number, Answer[]>, low: number, high: number) =>
      ZOOMS.filter((z) => z >= low && z <= high).flatMap((z) => answers.get(z) ?? [])
    return [
      { what: 'uncached, zoom 0 to 3', measured: shown(between(drawn, 0, 3)), aim: 'p50 under 150 ms, max under 1 s' },
      { what: 'uncached, zoom 4 to 16', measured: shown(between(drawn, 4, 16)), aim: 'p50 under 15 ms, p99 under 120 ms' },
      { what: 'cached, all zooms', measured: shown(between(kept, 0, 16)), aim: '' },
      ...ZOOMS.map((z) => ({
        what: `zoom ${z}, uncached; cached`,
        measured: `${shown(between(drawn, z, z))}; p50 ${duration(quantile(timesOf(between(kept, z, z)), 0.5))}`,
        aim: 'cached p50 under 3 ms',
      })),
    ] satisfies Figure[]
  },
}

const timesOf = (answers: readonly Answer[]) => answers.map(({ milliseconds }) => milliseconds)
const shown = (answers: readonly Answer[]) => spreadOf(timesOf(answers)) + failuresOf(answers)
