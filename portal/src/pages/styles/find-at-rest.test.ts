import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFinder, type RestingMap } from './find-at-rest.ts'

/** A map with ten pixels per degree that comes to rest on command. */
function slowMap() {
  const waiting: (() => void)[] = []
  let loaded = false
  let west = 0
  const map = {
    loaded: () => loaded,
    once: () => new Promise<void>((done) => waiting.push(done)),
    unproject: ([x, y]: [number, number]) => ({ lng: west + x / 10, lat: y / 10 }),
    project: ({ lng, lat }: { lng: number; lat: number }) => ({ x: (lng - west) * 10, y: lat * 10 }),
    getCanvas: () => ({ clientWidth: 400, clientHeight: 300 }),
  }
  return {
    map: map as typeof map & RestingMap,
    pan(degrees: number) {
      west += degrees
    },
    async rest() {
      loaded = true
      for (const done of waiting.splice(0)) done()
      await new Promise((done) => setImmediate(done))
    },
  }
}

test('a click while the charts are on their way is answered when they are there, at the place that was clicked', async () => {
  const { map, pan, rest } = slowMap()
  const asked: [number, number][] = []
  const told: (string[] | null)[] = []
  const finder = createFinder(map, (x, y) => {
    asked.push([x, y])
    return ['LANDA']
  })
  finder.find(100, 50, (found) => told.push(found))
  assert.deepEqual([asked, told], [[], [null]], 'the map is not asked before it is at rest')
  pan(2)
  await rest()
  assert.deepEqual([asked, told], [[[80, 50]], [null, ['LANDA']]])
})

test('a map at rest is queried at once', async () => {
  const { map, rest } = slowMap()
  await rest()
  const told: (string[] | null)[] = []
  createFinder(map, () => ['DEPVS']).find(1, 1, (found) => told.push(found))
  assert.deepEqual(told, [['DEPVS']])
})

test('of two clicks that wait only the later one is answered, and one that was panned out of view finds nothing', async () => {
  const { map, pan, rest } = slowMap()
  const first: (string[] | null)[] = []
  const second: (string[] | null)[] = []
  const finder = createFinder(map, () => ['LANDA'])
  finder.find(10, 10, (found) => first.push(found))
  finder.find(20, 20, (found) => second.push(found))
  pan(10)
  await rest()
  assert.deepEqual([first, second], [[null], [null, []]])
})
