import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanPolygon } from '#geo/overlay/clean-polygon.ts'
import { clipRingsToBox, subtractRings } from '#geo/overlay/clip-rings.ts'
import { boxRing, doubleGridArea, type GridBox, type GridRings } from '#geo/overlay/grid.ts'
import { createOpenGround } from './open-ground.ts'

const bounds = { left: -10, top: -20, right: 990, bottom: 780 }
const areaOf = (rings: GridRings) => Math.abs(rings.reduce((sum, ring) => sum + doubleGridArea(ring), 0)) / 2

test('the open area within a box is that of the open ground clipped to the box', () => {
  let state = 7
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  let rings: GridRings = [boxRing(bounds)]
  for (let i = 0; i < 12; i++) {
    const [x, y] = [random(900), random(700)]
    const points = Array.from({ length: 5 }, () => ({ x: x + random(200) - 50, y: y + random(200) - 50 }))
    rings = subtractRings(rings, cleanPolygon([points]).flat())
  }
  const open = createOpenGround(rings, bounds)
  let some = 0
  for (let i = 0; i < 400; i++) {
    const [left, top] = [random(1_000) - 20, random(800) - 30]
    const box: GridBox = { left, top, right: left + 1 + random(150), bottom: top + 1 + random(150) }
    // Clipping rounds crossings to whole numbers: half a unit at each, along the sides of the box.
    const clipped = areaOf(clipRingsToBox(rings, box))
    assert.ok(Math.abs(open.areaWithin(box) - clipped) <= 40, `${JSON.stringify(box)}: ${open.areaWithin(box)} or ${clipped}`)
    if (clipped > 0 && clipped < 0.9 * (box.right - box.left) * (box.bottom - box.top)) some++
  }
  assert.ok(some > 100, `only ${some} boxes lay across an edge`)
})

test('the open area is exact for boxes along edges and none on taken ground', () => {
  const taken = { left: 100, top: 100, right: 300, bottom: 200 }
  const open = createOpenGround(subtractRings([boxRing(bounds)], [boxRing(taken)]), bounds)
  assert.equal(open.areaWithin(taken), 0)
  assert.equal(open.areaWithin({ left: 150, top: 120, right: 151, bottom: 121 }), 0)
  assert.equal(open.areaWithin({ left: 90, top: 110, right: 110, bottom: 120 }), 100)
  assert.equal(open.areaWithin({ left: 300, top: 100, right: 310, bottom: 200 }), 1_000)
  assert.equal(open.areaWithin(bounds), 1_000 * 800 - 200 * 100)
})
