import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '#demo/noise.ts'
import { createSharedArena } from './shared-arena.ts'

interface Owner {
  name: string
  uses: number
}

function arenaOf(bytes: number) {
  const evicted: string[] = []
  const arena = createSharedArena<Owner>(bytes, ({ name }) => evicted.push(name))
  const take = (name: string, size: number, uses = 0) => {
    const owner = { name, uses }
    return { owner, slot: arena.take(owner, size) }
  }
  return { arena, evicted, take }
}

test('slots lie beside each other in one piece of memory, and none at its beginning', () => {
  const { take } = arenaOf(64)
  const [a, b] = [take('a', 20).slot!, take('b', 32).slot!]
  assert.equal(a.buffer, b.buffer)
  assert.deepEqual([a.byteOffset, a.length, b.byteOffset, b.length], [8, 20, 32, 32])
  assert.equal(a.buffer.byteLength, 72)
})

test('a slot takes the place of the one used longest ago', () => {
  const { arena, evicted, take } = arenaOf(24)
  const { owner } = take('a', 8)
  take('b', 8)
  take('c', 8)
  arena.touch(owner)
  take('d', 8)
  assert.deepEqual(evicted, ['b'])
  take('e', 8)
  take('f', 8)
  assert.deepEqual(evicted, ['b', 'c', 'a'])
})

test('a large slot takes the neighbours of which the last used was used longest ago, and what is left of them is free again', () => {
  const { arena, evicted, take } = arenaOf(48)
  const owners = ['a', 'b', 'c', 'd'].map((name) => take(name, 12).owner)
  assert.deepEqual(evicted, ['a'], '12 bytes take 16')
  arena.touch(owners[3]!)
  assert.equal(take('e', 24).slot!.byteOffset, 24)
  assert.deepEqual(evicted, ['a', 'b', 'c'])
  take('f', 8)
  assert.deepEqual(evicted, ['a', 'b', 'c'])
})

test('cells in use stay, and a cell that finds no room beside them gets no slot', () => {
  const { arena, evicted, take } = arenaOf(32)
  take('a', 8)
  const { owner: b } = take('b', 8, 1)
  take('c', 16)
  assert.equal(take('d', 24).slot, null)
  assert.deepEqual(evicted, [])
  b.uses = 0
  assert.equal(take('d', 24).slot!.byteOffset, 8)
  assert.equal(take('e', 40).slot, null, 'larger than all')
  arena.free(b)
})

test('slots that were given back become one gap', () => {
  const { arena, evicted, take } = arenaOf(48)
  const [a, b, c] = ['a', 'b', 'c'].map((name) => take(name, 16, 1).owner)
  arena.free(c!)
  arena.free(a!)
  assert.equal(take('d', 40).slot, null)
  arena.free(b!)
  arena.free(b!)
  assert.equal(take('d', 48).slot!.byteOffset, 8)
  assert.deepEqual(evicted, [])
})

test('slots of any sizes never overlap, whatever is used, taken and given back (seed 1)', () => {
  const random = createRandom(1)
  const room = 4_096
  const live = new Map<Owner, Uint8Array>()
  const arena = createSharedArena<Owner>(room, (owner) => {
    assert.equal(owner.uses, 0)
    live.delete(owner)
  })
  for (let step = 0; step < 5_000; step++) {
    const owners = [...live.keys()]
    const any = owners[Math.floor(random() * owners.length)]
    const choice = random()
    if (choice < 0.2 && any !== undefined) {
      arena.free(any)
      live.delete(any)
    } else if (choice < 0.5 && any !== undefined) {
      any.uses = random() < 0.3 ? 1 : 0
      arena.touch(any)
    } else {
      const owner = { name: `${step}`, uses: 0 }
      const slot = arena.take(owner, Math.floor(random() * 700))
      if (slot !== null) live.set(owner, slot)
    }
    const ranges = [...live.values()].map(({ byteOffset, length }) => [byteOffset, byteOffset + length] as const)
    ranges.sort(([a], [b]) => a - b)
    for (const [i, [from, to]] of ranges.entries()) {
      assert.ok(from >= 8 && from % 8 === 0 && to <= 8 + room)
      assert.ok(i === 0 || ranges[i - 1]![1] <= from, `step ${step}`)
    }
  }
  assert.ok(live.size > 5)
})
