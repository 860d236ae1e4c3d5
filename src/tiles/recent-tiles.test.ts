import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#test/manual-clock.ts'
import { createRecentTiles, RECENT_MILLISECONDS, type RecentTile, type TileSource } from './recent-tiles.ts'

const { signal } = new AbortController()

/** A tile service whose charts change on command; finding and drawing wait until they are released. */
function setUp(candidates: number) {
  const clock = createManualClock()
  const recent = createRecentTiles<RecentTile>(clock)
  let edition = 1
  const found = new Set<string>()
  const made = new Set<string>()
  let gate = Promise.resolve()
  const digest = () => `edition ${edition}`
  const tileNow = (): RecentTile => {
    const own = digest()
    return {
      ...{ digest: own, candidates, isOutdated: false },
      async content() {
        await gate
        made.add(own)
        return null
      },
    }
  }
  const source: TileSource<RecentTile> = {
    known: async () => (found.has(digest()) ? tileNow() : null),
    isMade: async (tile) => made.has(tile.digest),
    async find() {
      const tile = tileNow()
      await gate
      found.add(tile.digest)
      return tile
    },
  }
  return {
    clock,
    made,
    async ask() {
      const tile = await recent.get('z0', source, signal)
      return `${tile.digest}${tile.isOutdated ? ', outdated' : ''}`
    },
    change: () => edition++,
    /** Holds all finding and drawing up, until the result is called. */
    hold() {
      const held = Promise.withResolvers<void>()
      gate = held.promise
      return held.resolve
    },
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

test('while a tile of many cells is made again, the previous one is sent at once', async () => {
  const { ask, change, hold, made } = setUp(5_000)
  assert.equal(await ask(), 'edition 1')
  change()
  const release = hold()
  assert.equal(await ask(), 'edition 1, outdated')
  assert.equal(await ask(), 'edition 1, outdated')
  release()
  await until(() => made.has('edition 2'))
  assert.equal(await ask(), 'edition 2')
})

test('a tile that was not up to date within the last seconds is waited for', async () => {
  const { ask, change, clock } = setUp(5_000)
  await ask()
  change()
  clock.advance(RECENT_MILLISECONDS + 1)
  assert.equal(await ask(), 'edition 2')
})

test('a tile of few cells is always of now', async () => {
  const { ask, change } = setUp(20)
  await ask()
  change()
  assert.equal(await ask(), 'edition 2')
})
