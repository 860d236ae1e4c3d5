import assert from 'node:assert/strict'
import { test } from 'node:test'
import { featureFilter } from '@maplibre/maplibre-gl-style-spec'
import fc from 'fast-check'
import type { Condition, PortrayalSettings } from '#portrayal/table/condition.ts'
import { holds } from '#portrayal/table/holds.ts'
import { parseCondition } from '#portrayal/table/parse-condition.ts'
import { type PortrayalRow, portrayalOf, portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { EVERY, NONE, toFilter } from '#portrayal/table/to-filter.ts'
import { type Properties, witnesses } from './witnesses.ts'

const LAYERS = ['(background)', '(basemap_land)', '(chart_cells)', '(depth_boundaries)', '(scale_boundaries)', '(unknown)']
const SETTINGS: readonly PortrayalSettings[] = [
  { safetyDepth: 10, shallowDepth: 2, deepDepth: 30 },
  {
    safetyDepth: 2,
    shallowDepth: 2,
    deepDepth: 30,
    twoShades: true,
    isolatedShallow: true,
    shallowPattern: true,
    showLowAccuracy: true,
  },
  { safetyDepth: 0, shallowDepth: 0, deepDepth: 30, isolatedShallow: true, showOverscale: true, showEncBoundaries: true },
]

/** Values of every kind that a tile or a damaged chart may hold. */
const odd = fc.constantFrom<unknown>(
  undefined,
  '',
  0,
  1,
  2,
  3,
  7,
  -1,
  0.1,
  1.9,
  2,
  9.9,
  10,
  10.1,
  30,
  66,
  '1',
  '3',
  '1,3',
  '3,4,3',
  '13',
  '31,3',
  '8,7',
  ' 3',
  'x',
  true,
  false,
)

function check(condition: Condition, properties: Properties, settings: PortrayalSettings): void {
  const filter = toFilter(condition, settings)
  const feature = { type: 1 as const, properties }
  const byExpression = featureFilter(filter, 'layers[0].filter').filter({ zoom: 12 }, feature)
  assert.equal(byExpression, holds(condition, properties, settings), JSON.stringify({ condition, properties, filter }))
}

function rowsOf(objectClass: string): PortrayalRow[] {
  return (['P', 'L', 'A'] as const).flatMap((primitive) =>
    (['simplified', 'paper'] as const).flatMap((set) => {
      const portrayal = portrayalOf(objectClass, primitive, set)
      return portrayal === null ? [] : [...portrayal.rows, ...portrayal.also.flat()]
    }),
  )
}

/** The conditions of a class, each once. */
function conditionsOf(objectClass: string): Condition[] {
  return [...new Map(rowsOf(objectClass).map(({ when }) => [JSON.stringify(when), when])).values()]
}

test('the filter of every row agrees with holds where the row applies, and for random properties', () => {
  for (const objectClass of [...portrayedClasses(), ...LAYERS]) {
    for (const condition of conditionsOf(objectClass)) {
      for (const settings of SETTINGS) {
        const near = witnesses(condition, settings).slice(0, 12)
        for (const properties of near) check(condition, properties, settings)
        const names = [...new Set(near.flatMap((each) => Object.keys(each)))]
        const random = fc.record(Object.fromEntries(names.map((name) => [name, odd])))
        const numRuns = names.length === 0 ? 1 : 8
        fc.assert(
          fc.property(random, (properties) => check(condition, defined(properties), settings)),
          { seed: 14, numRuns },
        )
      }
    }
  }
})

function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}

test('what the settings alone decide becomes a constant', () => {
  const settings = { safetyDepth: 10, shallowDepth: 2, deepDepth: 30, twoShades: true }
  assert.deepEqual(toFilter(parseCondition('*'), settings), EVERY)
  assert.deepEqual(toFilter(parseCondition('twoShades'), settings), EVERY)
  assert.deepEqual(toFilter(parseCondition('showLowAccuracy & lowAccuracy'), settings), NONE)
  assert.deepEqual(toFilter(parseCondition('twoShades | CATOBS=6'), settings), EVERY)
  assert.deepEqual(toFilter(parseCondition('!twoShades & CATOBS=6'), settings), NONE)
  assert.deepEqual(toFilter(parseCondition('S<DEEP'), settings), EVERY)
  assert.deepEqual(toFilter(parseCondition('twoShades & CATOBS=6'), settings), ['==', ['to-string', ['get', 'CATOBS']], '6'])
})
