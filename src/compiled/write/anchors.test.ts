import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Anchor, type AreaPolygon, anchorsOf } from './anchors.ts'
import { createPoleFinder } from './find-pole.ts'
import { doubleAreaOf, reverseRing } from './integer-ring.ts'

/** World units per pixel at a zoom. */
const pixel = (zoom: number) => 2 ** (21 - zoom)

const ring = (...positions: (readonly [number, number])[]) => Int32Array.from(positions.flat())
const box = (x: number, y: number, width: number, height = width) =>
  ring([x, y], [x + width, y], [x + width, y + height], [x, y + height])
const polygon = (...rings: Int32Array[]): AreaPolygon => ({
  rings,
  area:
    Math.abs(rings.reduce((sum, each, i) => sum + (i === 0 ? 1 : -1) * Math.abs(doubleAreaOf(each, 0, each.length / 2)), 0)) / 2,
})
const find = (polygons: AreaPolygon[], latticeZoom = 14, firstZoom = 0) =>
  anchorsOf(polygons, { poleOf: createPoleFinder(), latticeZoom, firstZoom })
const shownAt = (anchors: readonly Anchor[], zoom: number) => anchors.filter((each) => each.zoom <= zoom)

/** By the even-odd rule over all rings. */
function isInside({ rings }: AreaPolygon, x: number, y: number): boolean {
  let inside = false
  for (const each of rings) {
    for (let i = 0, before = each.length - 2; i < each.length; before = i, i += 2) {
      const [ax, ay, bx, by] = [each[before]!, each[before + 1]!, each[i]!, each[i + 1]!]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
    }
  }
  return inside
}

/** A star around a position far from the origin; its corners are at these distances. */
const stars = fc
  .record({
    radii: fc.array(fc.integer({ min: 20, max: 400_000 }), { minLength: 3, maxLength: 60 }),
    hole: fc.boolean(),
  })
  .map(({ radii, hole }) => {
    const at = (share: number) =>
      ring(
        ...radii.map((radius, i): [number, number] => {
          const angle = (2 * Math.PI * i) / radii.length
          return [
            600_000_000 + Math.round(radius * share * Math.cos(angle)),
            400_000_000 + Math.round(radius * share * Math.sin(angle)),
          ]
        }),
      )
    const inner = at(0.5)
    reverseRing(inner, 0, inner.length / 2)
    return polygon(at(1), ...(hole ? [inner] : []))
  })
  .filter(({ area }) => area > 100)

test('every anchor lies inside its area', () => {
  fc.assert(
    fc.property(stars, (star) => {
      // The pole of a sliver is rounded to whole units.
      for (const { x, y } of find([star])) {
        const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const))
        assert.ok(
          near.some(([dx, dy]) => isInside(star, x + dx, y + dy)),
          `${x} ${y}`,
        )
      }
    }),
  )
})

test('anchors of one zoom are 300 pixels apart, and stay at the zooms after it', () => {
  fc.assert(
    fc.property(stars, (star) => {
      const anchors = find([star])
      for (let zoom = 0; zoom <= 16; zoom++) {
        const shown = shownAt(anchors, zoom)
        const apart = 299 * pixel(Math.min(zoom, 14))
        for (const [i, a] of shown.entries()) {
          for (const b of shown.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > apart, `zoom ${zoom}`)
        }
      }
    }),
  )
})

test('a large square has one anchor, then four times as many per zoom, up to the zoom of its chart', () => {
  const side = 4_000 * pixel(10)
  const anchors = find([polygon(box(500_000_000, 300_000_000, side))], 12)
  const [first] = anchors
  assert.deepEqual(first, { x: 500_000_000 + side / 2, y: 300_000_000 + side / 2, zoom: 0 })
  const counts = [5, 6, 7, 8, 9, 10, 11, 12, 13, 16].map((zoom) => shownAt(anchors, zoom).length)
  // Nodes every 300 pixels from the middle, at least 24 pixels from the sides: 4,000 pixels at zoom 10 take 6 on either side.
  assert.deepEqual(counts, [1, 1, 1, 9, 49, 169, 729, 2_809, 2_809, 2_809])
})

test('a narrow arm of an area has no anchor where it is narrower than 48 pixels', () => {
  const width = 40 * pixel(12)
  const cross = ring(
    ...(
      [
        [0, 0],
        [500, 0],
        [500, 230],
        [3_000, 230],
        [3_000, 270],
        [500, 270],
        [500, 500],
        [0, 500],
      ] as const
    ).map(([x, y]): [number, number] => [600_000_000 + (x * width) / 40, 400_000_000 + (y * width) / 40]),
  )
  const anchors = find([polygon(cross)], 13)
  const inArm = (zoom: number) => shownAt(anchors, zoom).filter(({ x }) => x > 600_000_000 + (600 * width) / 40).length
  assert.equal(inArm(12), 0)
  assert.ok(inArm(13) > 5)
})

test('the largest polygon of an area comes first; the others follow at the zoom where they are wide enough', () => {
  const small = polygon(box(700_000_000, 300_000_000, 60 * pixel(12)))
  const large = polygon(box(500_000_000, 300_000_000, 250 * pixel(12)))
  const anchors = find([small, large], 12)
  assert.deepEqual(
    anchors.map(({ x, zoom }) => [x > 600_000_000, zoom]),
    [
      [false, 0],
      [true, 12],
    ],
  )
})

test('a polygon with a hole in its middle has its pole beside the hole', () => {
  const hole = box(500_040_000, 300_040_000, 20_000)
  reverseRing(hole, 0, 4)
  const holed = polygon(box(500_000_000, 300_000_000, 100_000), hole)
  const [{ x, y } = { x: 0, y: 0 }] = find([holed])
  assert.ok(isInside(holed, x, y))
})

test('anchors are not shown before the area is', () => {
  const anchors = find([polygon(box(500_000_000, 300_000_000, 4_000 * pixel(10)))], 12, 9)
  assert.equal(Math.min(...anchors.map(({ zoom }) => zoom)), 9)
})
