import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanPolygon } from './clean-polygon.ts'
import { intersectRings, intersectWithNoded, subtractFromNoded, subtractRings } from './clip-rings.ts'
import { boxRing, type GridRings } from './grid.ts'

test('an overlay with a noded area gives the same rings as one that compares all edges', () => {
  let state = 3
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  let noded: GridRings = [boxRing({ left: 0, top: 0, right: 400, bottom: 300 })]
  for (let i = 0; i < 40; i++) {
    const [x, y] = [random(400), random(300)]
    const points = Array.from({ length: 3 + random(6) }, () => ({ x: x + random(120) - 60, y: y + random(120) - 60 }))
    const area = cleanPolygon([points]).flat()
    assert.deepEqual(intersectWithNoded(area, noded), intersectRings(area, noded), `intersection ${i}`)
    const rest = subtractFromNoded(noded, area)
    assert.deepEqual(rest, subtractRings(noded, area), `difference ${i}`)
    if (i % 8 < 6) noded = rest
  }
  assert.ok(noded.length > 5)
})

test('nothing is left of an overlay with nothing, and nothing is lost by subtracting nothing', () => {
  const box = [boxRing({ left: 0, top: 0, right: 10, bottom: 10 })]
  assert.deepEqual(intersectWithNoded([], box), [])
  assert.deepEqual(intersectWithNoded(box, []), [])
  assert.deepEqual(subtractFromNoded([], box), [])
  assert.equal(subtractFromNoded(box, []), box)
})
