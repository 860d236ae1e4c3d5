import { openDatabase } from '#db/database.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { isSpeck, plainQuilt } from '#test/plain-quilt.ts'
import { divideGround } from '#tiles/plan/divide-ground.ts'
import { OVERVIEW_ZOOMS } from '#tiles/plan/overview.ts'
import { candidatesOf, outlinesOf } from '#tiles/plan/plan-cells.ts'
import { vector } from '#tiles/products/vector.ts'
import { type ChartSnapshot, createSnapshot } from '#tiles/view/chart-snapshot.ts'
import { createCellLoader } from '#tiles/view/load-cells.ts'
import { duration } from '../figure.ts'
import { embeddedDatabase } from '../measure/embedded-database.ts'
import type { ScaleBench } from '../measure/scale-bench.ts'
import type { Row } from './row.ts'

/** Compares the cells of each tile of the low zooms with those of the plain quilt, which overlays every cell with all open ground. */
export const overviewAgrees: Row = {
  name: 'overview',
  async measure(bench) {
    const snapshot = await snapshotOf(bench)
    const begun = performance.now()
    const waiting: TileAddress[] = [{ z: 0, x: 0, y: 0 }]
    const differing: string[] = []
    let tiles = 0
    for (const tile of waiting) {
      const ground = vector.ground(tile)
      const candidates = ground === null ? [] : candidatesOf(snapshot, ground, null)
      if (ground === null || candidates.length === 0) continue
      tiles++
      const places = divideGround(ground, outlinesOf(candidates))
      const found = places.flatMap(({ place }) => candidates[place] ?? []).filter((cell) => !isSpeck(cell, ground))
      const plain = plainQuilt(candidates, ground)
      const { z, x, y } = tile
      if (found.map(({ name }) => name).join() !== plain.map(({ name }) => name).join()) differing.push(`${z}/${x}/${y}`)
      if (z < OVERVIEW_ZOOMS) {
        for (const quarter of [0, 1, 2, 3]) waiting.push({ z: z + 1, x: x * 2 + (quarter & 1), y: y * 2 + (quarter >> 1) })
      }
    }
    for (const name of differing) console.log(`  differs: ${name}`)
    const what = `tiles of zooms 0 to ${OVERVIEW_ZOOMS} whose cells differ from those of the plain quilt`
    return [{ what, measured: `${differing.length} of ${tiles}, in ${duration(performance.now() - begun)}`, aim: '0' }]
  },
}

async function snapshotOf(bench: ScaleBench): Promise<ChartSnapshot> {
  await bench.server()
  const { url } = await embeddedDatabase(bench.dataDir)
  const database = openDatabase({ url, maxConnections: 1 })
  try {
    const loader = createCellLoader(database.db)
    await loader.load()
    return createSnapshot(1, [...loader.cells.values()])
  } finally {
    await database.close()
  }
}
