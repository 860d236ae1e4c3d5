import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '#demo/noise.ts'
import { createMemoryTiles } from './memory-tiles.ts'

/** Content that differs from that of other numbers. */
const content = (number: number, bytes: number) => new Uint8Array(bytes).fill(number % 251)

test('a tile that is used stays while others come and go', () => {
  const tiles = createMemoryTiles(100_000)
  tiles.put('used', content(1, 9_000))
  tiles.put('unused', content(2, 9_000))
  for (let i = 0; i < 40; i++) {
    tiles.put(`${i}`, content(i, 9_000))
    assert.deepEqual(tiles.get('used')?.compare(content(1, 9_000)), 0, `after ${i}`)
  }
  assert.equal(tiles.get('unused'), undefined)
  assert.ok(tiles.get('39') !== undefined && tiles.get('35') !== undefined)
})

test('a tile that was returned does not change when another takes its place', () => {
  const tiles = createMemoryTiles(10_000)
  tiles.put('a', content(1, 1_000))
  const returned = tiles.get('a')!
  for (let i = 0; i < 40; i++) tiles.put(`${i}`, content(i, 1_000))
  assert.equal(tiles.get('a'), undefined)
  assert.equal(returned.compare(content(1, 1_000)), 0)
  assert.equal(returned.buffer.byteLength, 1_000, 'memory of its own')
})

test('a tile above an eighth of the budget is not kept, and a budget of nothing keeps nothing', () => {
  const tiles = createMemoryTiles(80_000)
  tiles.put('large', content(1, 10_001))
  assert.equal(tiles.get('large'), undefined)
  const none = createMemoryTiles(0)
  none.put('empty', content(1, 0))
  assert.equal(none.get('empty'), undefined)
})

test('whatever is put, used and deleted, a tile is returned as it was put, and all fit the budget (seed 1)', () => {
  const random = createRandom(1)
  const budget = 50_000
  const tiles = createMemoryTiles(budget)
  const sizes = new Map<string, number>()
  let found = 0
  for (let step = 0; step < 20_000; step++) {
    const name = Math.floor(random() * 200)
    const choice = random()
    if (choice < 0.05) tiles.delete(`${name}`)
    else if (choice < 0.5) {
      const size = random() < 0.1 ? 0 : Math.floor(random() * 6_000)
      tiles.put(`${name}`, content(name, size))
      sizes.set(`${name}`, size)
    } else {
      const tile = tiles.get(`${name}`)
      if (tile === undefined) continue
      found++
      assert.equal(tile.compare(content(name, sizes.get(`${name}`)!)), 0, `step ${step}`)
    }
  }
  const kept = [...sizes.keys()].flatMap((name) => tiles.get(name) ?? [])
  assert.ok(kept.reduce((sum, { byteLength }) => sum + byteLength + 512, 0) <= budget)
  assert.ok(found > 500 && kept.length > 3)
})

test('tiles that have gone take no memory while they wait for the garbage collector', () => {
  const tiles = createMemoryTiles(1_000_000)
  const one = content(1, 10_000)
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 1_000; i++) tiles.put(`${i}`, one)
  const more = process.memoryUsage().arrayBuffers - before
  assert.ok(more <= 1_000_000, `${more} bytes more`)
})

test('a part of a tile is a copy of that part, and the whole tile stays', () => {
  const memory = createMemoryTiles(10_000)
  memory.put('a', Buffer.from('the whole tile'))
  const part = memory.get('a', (content) => content.subarray(4, 9))
  assert.equal(part?.toString(), 'whole')
  part?.fill(0)
  // So much is written that the tile is moved on by its use.
  for (let i = 0; i < 6; i++) memory.put(`other ${i}`, Buffer.alloc(1_000))
  assert.equal(memory.get('a', (content) => content.subarray(0, 3))?.toString(), 'the')
  assert.equal(memory.get('a')?.toString(), 'the whole tile')
})
