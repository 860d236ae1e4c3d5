import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TileAddress } from '#geo/tile-grid.ts'
import type { Box } from '#test/cells.ts'
import { chartCell } from '#test/chart-cell.ts'
import { belongsTo } from './owner-mark.ts'
import { type CachedProductName, cachedProductNamed, productNamed } from './product-table.ts'

const box: Box = [10, 50, 10.2, 50.1]
const cells = [chartCell('XX5ONE', 'a', box), chartCell('XX3TWO', 'b', box)]

const tileProducts = [
  { name: 'vector', zooms: [0, 16], buffer: 128, reach: 800, orderAt: (z: number) => z },
  { name: 'data', zooms: [10, 22], buffer: 0, reach: 0, orderAt: () => 16 },
  { name: 'shoreline', zooms: [0, 22], buffer: 0, reach: 0, orderAt: (z: number) => z },
] as const satisfies { name: CachedProductName; [key: string]: unknown }[]

for (const { name, zooms, buffer, reach, orderAt } of tileProducts) {
  describe(`the product ${name}`, () => {
    const product = cachedProductNamed(name)
    const tile: TileAddress = { z: 12, x: 2161, y: 1387 }
    const digest = (request: TileAddress, of: typeof cells) => product.digest({ request, cells: of, facts: null })

    test(`${name} is found by its own name and serves zooms ${zooms[0]} to ${zooms[1]}`, () => {
      assert.equal(product.name, name)
      assert.deepEqual([product.zooms.shallowest, product.zooms.deepest], zooms)
    })

    test(`${name} plans the tile with ${buffer} units of buffer and ${reach} of reach, in the order of claim of its zoom`, () => {
      assert.deepEqual([product.buffer, product.reach], [buffer, reach])
      const ground = product.ground(tile)!
      // Simplification may move a border by a few units, so a buffer is planned a little wider.
      const planned = buffer === 0 ? 0 : buffer + 4
      assert.equal(-ground.frame.box.left, planned)
      assert.equal(ground.frame.box.bottom, 4096 + planned)
      assert.equal(-ground.far.top, Math.max(reach, planned))
      assert.equal(ground.far.right, 4096 + Math.max(reach, planned))
      assert.equal(ground.zoom, orderAt(tile.z))
    })

    test(`the digest of ${name} changes with the tile, with a cell's content and with the order of claim`, () => {
      const known = digest(tile, cells)
      assert.match(known, /^[0-9a-f]{32}$/)
      const [first, second] = cells as [(typeof cells)[0], (typeof cells)[0]]
      const others = [
        digest({ ...tile, x: tile.x + 1 }, cells),
        digest(tile, [first]),
        digest(tile, []),
        digest(tile, [second, first]),
        digest(tile, [first, { ...second, compiledKey: 'c' }]),
        digest(tile, [first, { ...second, name: 'XX3THREE' }]),
      ]
      assert.equal(new Set([known, ...others]).size, others.length + 1)
    })

    test(`the digest of ${name} ignores title, source and time of indexing`, () => {
      const known = digest(tile, cells)
      const indexedAgain = cells.map((cell) => ({
        ...cell,
        title: 'Another title',
        twin: null,
        indexedAt: 99,
        source: 'upload',
      }))
      assert.equal(digest({ ...tile }, indexedAgain), known)
    })

    test(`the digest of ${name} ends with the mark of the account that owns a cell`, () => {
      const known = digest(tile, cells)
      const [first, second] = cells as [(typeof cells)[0], (typeof cells)[0]]
      const owned = digest(tile, [first, { ...second, accountId: 7 }])
      assert.equal(owned.slice(0, known.length), known)
      assert.deepEqual([owned, known].map(belongsTo(7)), [true, false])
      assert.equal(belongsTo(8)(owned), false)
    })
  })
}

test('products of the same tile and cells have different digests', () => {
  const request = { z: 12, x: 1, y: 1 }
  const digests = tileProducts.map(({ name }) => cachedProductNamed(name).digest({ request, cells, facts: null }))
  assert.equal(new Set(digests).size, digests.length)
})

test('a shoreline below zoom 4 needs no chart', () => {
  const shoreline = cachedProductNamed('shoreline')
  assert.equal(shoreline.ground({ z: 3, x: 0, y: 0 }), null)
  assert.notEqual(shoreline.ground({ z: 4, x: 0, y: 0 }), null)
})

test('a query plans the box around its circle, in the order of claim of its zoom', () => {
  const query = productNamed('query')
  assert.equal(query.name, 'query')
  assert.deepEqual(query.zooms, { shallowest: 0, deepest: 24 })
  const ground = query.ground({ longitude: 10, latitude: 0, radius: 1_000, zoom: 13.7 })!
  assert.deepEqual(ground.far, ground.frame.box)
  assert.equal(ground.zoom, 13.7)
  // A unit of zoom 16 on the equator is 40,075,017 m / (4,096 * 2^16), and the box holds a tenth more than the circle.
  const { left, right, top, bottom } = ground.frame.box
  const units = 2_000 / (40_075_017 / (4_096 * 2 ** 16))
  assert.ok(right - left > units * 1.09 && right - left < units * 1.12, `${right - left}`)
  assert.ok(bottom - top > units * 1.09 && bottom - top < units * 1.12, `${bottom - top}`)
})
