import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Feature } from '#s57/cell.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import type { Position } from '#s57/geometry.ts'
import { readCell } from '#s57/read-cell.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { CELL_PLANS } from './demo-cell-plans.ts'
import { demoCells } from './demo-cells.ts'
import { isInside, signedArea } from './link-edges.ts'
import { FAIRWAY, toPlace } from './relief.ts'

const cells = demoCells().map((cell) => {
  const [base, ...updates] = cell.files
  const chart = readCell(base!, updates)
  return { ...cell, chart, features: [...chart.features()] }
})

function polygons(feature: Feature): Position[][][] {
  const geometry = geoJsonOf(feature)
  if (geometry?.type === 'Polygon') return [geometry.coordinates]
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates : []
}

const contains = (feature: Feature, at: Position) =>
  polygons(feature).some(([outer, ...holes]) => isInside(at, outer!) && !holes.some((hole) => isInside(at, hole)))
const isGround = ({ acronym, primitive }: Feature) => primitive === 'area' && (acronym === 'DEPARE' || acronym === 'LNDARE')
const number = (feature: Feature, acronym: string) => Number(feature.attributes.get(acronym))
const pointOf = ({ geometry }: Feature) => (geometry?.type === 'Point' ? [...geometry.positions] : null)

test('the demo has an overview, a coastal cell and three harbour cells, one of them updated', () => {
  assert.deepEqual(
    cells.map(({ name, scale, edition, updateNumber }) => [name, scale, edition, updateNumber]),
    [
      ['XX2DEMOA', 700_000, 3, 0],
      ['XX3DEMOA', 90_000, 3, 0],
      ['XX5DEMOA', 12_000, 3, 0],
      ['XX5DEMOB', 12_000, 3, 0],
      ['XX5DEMOC', 12_000, 3, 1],
    ],
  )
})

for (const { name, chart, features, scale, edition, updateNumber, panels } of cells) {
  const plan = CELL_PLANS.find((each) => each.name === name)!
  const [west, south, east, north] = plan.box
  const ground = features.filter(isGround)

  describe(name, () => {
    test('matches its catalogue entry', () => {
      assert.deepEqual(
        [chart.name, chart.edition, chart.updateNumber, chart.compilationScale],
        [name, edition, updateNumber, scale],
      )
      const coverage = features.find(({ acronym }) => acronym === 'M_COVR')!
      for (const corner of panels[0]!.ring) {
        assert.ok(
          polygons(coverage)
            .flat(2)
            .some(([x, y]) => x === corner[0] && y === corner[1]),
          `${corner}`,
        )
      }
    })

    test('is filled exactly by land and depth areas', () => {
      const rings = ground.flatMap(polygons).flat()
      const total = rings.reduce((sum, ring) => sum + signedArea(ring), 0) / 2
      const whole = (east - west) * (north - south)
      assert.ok(Math.abs(total / whole - 1) < 1e-7, `${total} of ${whole}`)
      // No place may lie in two areas or in none: with the right sum, an overlap would need a gap elsewhere.
      for (let x = 0.5; x < 20; x++) {
        for (let y = 0.5; y < 20; y++) {
          const at = [west + ((east - west) * (x + 0.013)) / 20, south + ((north - south) * (y + 0.017)) / 20]
          assert.equal(ground.filter((feature) => contains(feature, at)).length, 1, `${at}`)
        }
      }
    })

    test('has no feature without geometry or outside its limit', () => {
      assert.deepEqual(chart.warnings, [])
      for (const feature of features) {
        assert.ok(feature.geometry !== null, `${feature.acronym} ${feature.recordId}`)
        assert.ok(feature.geometry.positions.length >= 2)
        const point = pointOf(feature)
        if (point !== null) assert.ok(point[0]! >= west && point[0]! <= east && point[1]! >= south && point[1]! <= north)
      }
    })

    test('has soundings within the range of their depth areas', () => {
      let checked = 0
      for (const feature of features) {
        const geometry = geoJsonOf(feature)
        if (geometry?.type !== 'MultiPoint') continue
        for (const [x = 0, y = 0, depth = 0] of geometry.coordinates) {
          const around = ground.find((each) => contains(each, [x, y]))!
          // Between the corners of its grid a depth area is flatter than the ground.
          const slack = 1 + depth * 0.25 + (scale > 12_000 ? 4 : 0) + (scale > 90_000 ? 60 : 0)
          if (around.acronym === 'DEPARE') {
            assert.ok(
              depth >= number(around, 'DRVAL1') - slack && depth <= number(around, 'DRVAL2') + slack,
              `${x} ${y} ${depth}`,
            )
            checked++
          }
        }
      }
      assert.ok(checked > 100, `${checked} soundings`)
    })

    test('has buoys in water and towns on land', () => {
      for (const feature of features) {
        const point = pointOf(feature)
        const under = point === null ? undefined : ground.find((each) => contains(each, point))
        if (/^BOY/.test(feature.acronym)) {
          assert.equal(under?.acronym, 'DEPARE', `${feature.acronym} ${feature.attributes.get('OBJNAM')}`)
          if (feature.acronym === 'BOYLAT') assert.ok(number(under!, 'DRVAL1') >= 2, `${feature.attributes.get('OBJNAM')}`)
        }
        if (/^(BUISGL|LNDMRK|LNDELV|BCNSPP)$/.test(feature.acronym))
          assert.equal(under?.acronym, 'LNDARE', `${feature.acronym} ${point}`)
      }
    })

    test('has a master at the same position for every light and topmark', () => {
      const key = ({ agency, featureId, featureSubdivision }: Omit<Feature['references'][number], 'relation' | 'comment'>) =>
        `${agency} ${featureId} ${featureSubdivision}`
      const masters = new Map(features.flatMap((feature) => feature.references.map((slave) => [key(slave), feature] as const)))
      for (const feature of features) {
        if (feature.acronym !== 'TOPMAR' && (feature.acronym !== 'LIGHTS' || scale > 90_000)) continue
        const master = masters.get(key(feature))
        assert.ok(master !== undefined, `${feature.acronym} ${feature.recordId} has no master`)
        assert.deepEqual(pointOf(master), pointOf(feature))
      }
    })
  })
}

test('demo features have only attributes and primitives that the object catalogue allows', () => {
  const wrong = cells.flatMap(({ features }) =>
    features.flatMap(({ objectClass, acronym, primitive, attributes }) => {
      const entry = OBJECT_CLASSES.get(objectClass)!
      const others = [...attributes.keys()].filter((each) => !entry.attributes.includes(each)).map((each) => `${acronym}.${each}`)
      return primitive !== 'none' && entry.primitives.includes(primitive) ? others : [...others, `${acronym} as ${primitive}`]
    }),
  )
  assert.deepEqual([...new Set(wrong)], [])
})

test('red marks are to port and green ones to starboard of an incoming ship', () => {
  for (const { features } of cells) {
    for (const feature of features) {
      const [x = 0, y = 0] = pointOf(feature) ?? []
      if (feature.acronym !== 'BOYLAT') continue
      const [east, north] = toPlace(x, y)
      const legs = FAIRWAY.slice(1).map((end, i) => [FAIRWAY[i]!, end] as const)
      const away = ([[ax, ay], [bx, by]]: (typeof legs)[number]) =>
        Math.hypot(east - (ax + bx) / 2, north - (ay + by) / 2) / Math.hypot(bx - ax, by - ay)
      const [[ax, ay], [bx, by]] = legs.toSorted((one, other) => away(one) - away(other))[0]!
      const side = (bx - ax) * (north - ay) - (by - ay) * (east - ax)
      assert.equal(feature.attributes.get('COLOUR'), side > 0 ? '3' : '4', `${feature.attributes.get('OBJNAM')}`)
      assert.equal(feature.attributes.get('CATLAM'), side > 0 ? '1' : '2')
    }
  }
})

test('adjoining harbour cells have the same vertices along their common side', () => {
  const [, , a, b, c] = cells
  const along = (cell: (typeof cells)[number], axis: 0 | 1, value: number) => {
    const positions = cell.features.filter(isGround).flatMap(polygons).flat(2)
    return [...new Set(positions.filter((position) => position[axis] === value).map((position) => position[1 - axis]))].toSorted()
  }
  assert.ok(along(a!, 0, -34.92).length > 4)
  assert.deepEqual(along(a!, 0, -34.92), along(b!, 0, -34.92))
  assert.ok(along(b!, 1, 42.92).length > 4)
  assert.deepEqual(along(b!, 1, 42.92), along(c!, 1, 42.92))
})

test('the update adds a wreck and marks a buoy', () => {
  const updated = cells.find(({ updateNumber }) => updateNumber === 1)!
  const before = readCell(updated.files[0]!)
  assert.equal(updated.chart.featureCount, before.featureCount + 1)
  const names = updated.features.map((feature) => [feature.acronym, feature.attributes.get('OBJNAM')].join(' '))
  assert.ok(names.includes('WRECKS Evensong'))
  const marked = updated.features.filter((feature) => feature.attributes.get('INFORM')?.startsWith('Reported unlit'))
  assert.deepEqual(
    marked.map(({ acronym, primitive }) => [acronym, primitive]),
    [['BOYLAT', 'point']],
  )
})

test('the lighthouse sectors run from green through white to red without gaps', () => {
  const cell = cells.find(({ name }) => name === 'XX5DEMOB')!
  const sectors = cell.features.filter(({ attributes }) => attributes.has('SECTR1'))
  assert.deepEqual(
    sectors.map(({ attributes }) => attributes.get('COLOUR')),
    ['4', '1', '3'],
  )
  const [green, white, red] = sectors
  assert.equal(green?.attributes.get('SECTR2'), white?.attributes.get('SECTR1'))
  assert.equal(white?.attributes.get('SECTR2'), red?.attributes.get('SECTR1'))
})
