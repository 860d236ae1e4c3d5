import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCoverage } from '#charts/cells/packed-coverage.ts'
import { clipRingsToBox } from '#geo/overlay/clip-rings.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { tileKey } from '#geo/tile-grid.ts'
import { silentLog } from '#lib/log.ts'
import { chartCell } from '#test/chart-cell.ts'
import { isSpeck, plainQuilt } from '#test/plain-quilt.ts'
import { vector } from '../products/vector.ts'
import { type ChartCell, createSnapshot } from '../view/chart-snapshot.ts'
import { toOutline } from '../view/outline.ts'
import { divideGround } from './divide-ground.ts'
import { createKeptPlans } from './kept-plans.ts'
import { createOverview, OVERVIEW_ZOOMS } from './overview.ts'
import { candidatesOf, outlinesOf } from './plan-cells.ts'

const SCALES = [3_500_000, 700_000, 180_000, 90_000, 12_000]
const { signal } = new AbortController()

let state = 11
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
  return state / 2 ** 32
}

/** A cell with a box, a star or a holed coverage around a position; across the antimeridian it has a part on each side. */
function inventedCell(index: number, turn = 0): ChartCell {
  const band = 1 + Math.floor(5 * Math.sqrt(random()))
  const size = [12, 5, 2, 0.5, 0.15][band - 1]! * (0.5 + random())
  const [x, y] = [-180 + 30 * (random() - 0.5) + turn, 45 + 15 * (random() - 0.5)]
  const star = Array.from({ length: 12 }, (_, i) => {
    const radius = size * (i % 2 === 0 ? 1 : 0.4 + 0.5 * random())
    return [x + radius * Math.cos((i * Math.PI) / 6), y + 0.6 * radius * Math.sin((i * Math.PI) / 6)]
  })
  const hole = star.map(([a, b]) => [x + (a! - x) * 0.4, y + (b! - y) * 0.4])
  const rings = index % 3 === 0 ? [boxRing4(x, y, size)] : index % 3 === 1 ? [star] : [star, hole]
  return chartCell(`XX${band}C${index}`, `key ${index}`, [x, y, x, y], {
    usageBand: band,
    scale: SCALES[band - 1]!,
    latitude: y,
    outline: toOutline(packCoverage(splitAtDateLine(rings))),
  })
}

const boxRing4 = (x: number, y: number, size: number) => [
  [x - size, y - size / 2],
  [x + size, y - size / 2],
  [x + size, y + size / 2],
  [x - size, y + size / 2],
]

/** Whole shapes on one side; a shape across the line is cut there with the overlay engine's help, in ten-millionths of a degree. */
function splitAtDateLine(rings: number[][][]): number[][][][] {
  const UNITS = 1_000_000
  const grid = rings.map((ring) => ring.map(([a, b]) => ({ x: Math.round(a! * UNITS), y: Math.round(b! * UNITS) })))
  const halves = [-540, -180, 180].map((west) => {
    const box = { left: west * UNITS, top: -90 * UNITS, right: (west + 360) * UNITS, bottom: 90 * UNITS }
    return clipRingsToBox(grid, box).map((ring) =>
      [...ring, ring[0]!].map((point) => [point.x / UNITS - (west + 180), point.y / UNITS]),
    )
  })
  return halves.filter((half) => half.length > 0)
}

test('the overview has the cells of the plain quilt on every tile of zooms 0 to 7, also after changes and a restart', async () => {
  let cells = Array.from({ length: 400 }, (_, i) => inventedCell(i, i % 4 === 0 ? 90 : 0))
  const stored = new Map<string, Buffer>()
  let divisions = 0
  const start = () => {
    const plans = createKeptPlans({
      divide: async (ground, outlines) => {
        divisions++
        return divideGround(ground, outlines)
      },
      cache: {
        get: async (digest) => stored.get(digest) ?? null,
        put: async (digest, content) => void stored.set(digest, Buffer.from(content)),
      },
    })
    return { plans, overview: createOverview({ plans, groundOf: vector.ground, log: silentLog(), quietMilliseconds: 0 }) }
  }
  let version = 0

  async function compare({ plans, overview }: ReturnType<typeof start>): Promise<number> {
    const snapshot = createSnapshot(++version, cells)
    overview.follow(snapshot)
    await overview.settled()
    divisions = 0
    let tiles = 0
    const waiting: TileAddress[] = [{ z: 0, x: 0, y: 0 }]
    for (const tile of waiting) {
      const ground = vector.ground(tile)!
      const candidates = candidatesOf(snapshot, ground, null)
      if (candidates.length === 0) continue
      tiles++
      const places = await plans.divide(ground, outlinesOf(candidates), signal)
      const found = places.map(({ place }) => candidates[place]!).filter((cell) => !isSpeck(cell, ground))
      assert.deepEqual(
        found.map(({ name }) => name),
        plainQuilt(cells, ground).map(({ name }) => name),
        tileKey(tile),
      )
      if (tile.z === OVERVIEW_ZOOMS) continue
      const { z, x, y } = tile
      for (const quarter of [0, 1, 2, 3]) waiting.push({ z: z + 1, x: x * 2 + (quarter & 1), y: y * 2 + (quarter >> 1) })
    }
    return tiles
  }

  const first = start()
  const tiles = await compare(first)
  assert.ok(tiles > 150, `only ${tiles} tiles have cells`)
  // One cell goes, one comes, one moves.
  cells = [...cells.slice(2), inventedCell(1_000), { ...inventedCell(1), name: cells[1]!.name }]
  await compare(first)

  const second = start()
  const snapshot = createSnapshot(++version, cells)
  divisions = 0
  second.overview.follow(snapshot)
  await second.overview.settled()
  assert.equal(divisions, 0, 'a restart finds the plans of the low zooms')
  assert.ok(stored.size > 2)
  await compare(second)
  await first.overview.close()
  await second.overview.close()
})

test('an overview that is closed or followed by another snapshot stops its work', async () => {
  const cells = Array.from({ length: 300 }, (_, i) => inventedCell(i))
  const seen: AbortSignal[] = []
  const begun = Promise.withResolvers<void>()
  const overview = createOverview({
    plans: {
      prepare: (_, __, abort) =>
        new Promise((_resolve, reject) => {
          seen.push(abort)
          abort.addEventListener('abort', () => reject(abort.reason as Error))
          begun.resolve()
        }),
    },
    groundOf: vector.ground,
    log: silentLog(),
    quietMilliseconds: 0,
  })
  overview.follow(createSnapshot(1, cells))
  await begun.promise
  overview.follow(createSnapshot(2, cells))
  assert.equal(seen[0]!.aborted, true)
  const settled = overview.settled()
  await overview.close()
  await settled
})
