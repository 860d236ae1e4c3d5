import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { objectClassName } from '../format/catalogue-lookup.ts'
import { NO_DEPTH } from '../format/compiled-cell.ts'
import { visitDerived } from '../read/visit-derived.ts'

type Attributes = NonNullable<FeatureSpec['attributes']>

const HERE = [0.5, 50.5]
const point = (objectClass: string, attributes: Attributes = {}, at = HERE): FeatureSpec => ({
  ...{ objectClass, attributes },
  geometry: { type: 'Point', coordinates: at },
})
const area = (objectClass: string, attributes: Attributes, box: readonly [number, number, number, number]): FeatureSpec => ({
  ...{ objectClass, attributes },
  geometry: { type: 'Polygon', coordinates: [boxRing(box)] },
})

/** Compiles features and returns the derived properties of each object of a class, in the order of the file. */
function derivedOf(objectClass: string, ...features: FeatureSpec[]): Record<string, unknown>[] {
  const cell = compiledSpec({ features })
  return [...cell.objectClass.keys()]
    .filter((feature) => objectClassName(cell.objectClass[feature]!) === objectClass)
    .map((feature) => {
      const found: Record<string, unknown> = {}
      visitDerived(cell, feature, (name, value) => {
        found[name] = value
      })
      return found
    })
}

for (const objectClass of ['BOYLAT', 'BCNSPP', 'LITFLT', 'LITVES', 'DAYMAR', 'TOPMAR', 'LIGHTS', 'FOGSIG', 'RTPBCN']) {
  test(`${objectClass} has its short name as label`, () => {
    const [found] = derivedOf(objectClass, point(objectClass, { OBJNAM: 'Beaufort River Lighted Buoy 27' }))
    assert.equal(found?.label, '27')
  })
}

test('other objects and aids without a name have no label', () => {
  assert.deepEqual(derivedOf('LNDMRK', point('LNDMRK', { OBJNAM: 'Tower 27' })), [{}])
  assert.deepEqual(derivedOf('BOYLAT', point('BOYLAT', { OBJNAM: '' })), [{}])
})

test('the label of a seabed area is its nature as charts write it', () => {
  assert.deepEqual(derivedOf('SBDARE', point('SBDARE', { NATSUR: '4,17', NATQUA: '1,' }), point('SBDARE')), [
    { label: 'fS.Sh' },
    {},
  ])
})

test('topmarks and daymarks float with a buoy, a light float or a mooring buoy at the same position', () => {
  const floating = (base: FeatureSpec) => {
    const [topmark] = derivedOf('TOPMAR', base, point('TOPMAR', { TOPSHP: 5 }))
    const [daymark] = derivedOf('DAYMAR', base, point('DAYMAR', { TOPSHP: 19 }))
    assert.equal(topmark?.floating, daymark?.floating)
    return topmark?.floating
  }
  for (const base of ['BOYCAR', 'BOYINB', 'BOYISD', 'BOYLAT', 'BOYSAW', 'BOYSPP', 'LITFLT', 'LITVES']) {
    assert.equal(floating(point(base)), true, base)
  }
  assert.equal(floating(point('MORFAC', { CATMOR: 7 })), true)
  assert.equal(floating(point('MORFAC', { CATMOR: 1 })), undefined)
  assert.equal(floating(point('BCNLAT')), undefined)
  assert.equal(floating(point('BOYLAT', {}, [0.5, 50.6])), undefined)
})

test('a mark has the topmark and the first daymark at its position', () => {
  const marks = [point('TOPMAR', { TOPSHP: 5 }), point('DAYMAR', { TOPSHP: 24, COLOUR: '3,1' }), point('DAYMAR', { TOPSHP: 19 })]
  assert.deepEqual(derivedOf('BCNSPP', point('BCNSPP'), ...marks, point('BCNSPP', {}, [0, 50])), [
    { TOPSHP: 5, daymarkShape: 24, daymarkColour: '3,1' },
    {},
  ])
  assert.deepEqual(derivedOf('LIGHTS', point('LIGHTS'), ...marks), [{ flare: 135 }])
})

test('the lights at one position share lines of text', () => {
  const light = (COLOUR: number, at = HERE) => point('LIGHTS', { LITCHR: 1, COLOUR }, at)
  assert.deepEqual(
    derivedOf('LIGHTS', light(1), light(3), light(4, [0, 50])).map(({ character, place }) => [character, place]),
    [
      ['F W', 0],
      ['F R', 1],
      ['F G', 0],
    ],
  )
})

test('SYMINS of a new object becomes properties', () => {
  const SYMINS = "SY(BRTHNO01);SY(BOYLAT14,ORIENT);TX('V-AIS',3);LS(DASH,2,CHMGF);LC(NAVARE51);AC(DEPVS,3);AP(DIAMOND1)"
  assert.deepEqual(derivedOf('NEWOBJ', point('NEWOBJ', { SYMINS, ORIENT: 30 }), point('NEWOBJ')), [
    {
      ...{ sy1: 'BRTHNO01', sy1Rotation: 0, sy2: 'BOYLAT14', sy2Rotation: 30, tx1: 'V-AIS' },
      ...{ ls: 'dash', lsWidth: 2, lsColour: 'CHMGF', lc: 'NAVARE51', ac: 'DEPVS', acOpacity: 0.25, ap: 'DIAMOND1' },
    },
    {},
  ])
})

test('points on nodes with QUAPOS 2 to 9 have low accuracy', () => {
  const accuracies = Array.from({ length: 11 }, (_, i): FeatureSpec => {
    return { ...point('UWTROC', { VALSOU: 1 }, [0.1 + i / 100, 50.5]), nodeAttributes: { QUAPOS: i + 1 } }
  })
  const low = { lowAccuracy: true }
  assert.deepEqual(derivedOf('UWTROC', ...accuracies), [{}, low, low, low, low, low, low, low, low, {}, {}])
  const soundings: FeatureSpec = { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: [[0, 50, 5]] } }
  assert.deepEqual(
    derivedOf('SOUNDG', { ...soundings, nodeAttributes: { QUAPOS: 4 } }, { ...soundings, nodeAttributes: { QUAPOS: '' } }),
    [low, {}],
  )
})

// Three depth areas from west to east, 1 degree each.
const WATER = [
  area('DEPARE', { DRVAL1: 20 }, [0, 50, 1, 51]),
  area('DEPARE', { DRVAL1: 5 }, [1, 50, 2, 51]),
  area('DRGARE', { DRVAL1: 12.8 }, [2, 50, 3, 51]),
]
const line = (attributes: Attributes, from: number[], to: number[]): FeatureSpec => ({
  ...{ objectClass: 'OBSTRN', attributes },
  geometry: { type: 'LineString', coordinates: [from, to] },
})

for (const [name, danger, deepest, shallowest] of [
  ['an area in one depth area', area('OBSTRN', {}, [0.2, 50.2, 0.8, 50.8]), 20, 20],
  ['an area over three depth areas', area('OBSTRN', {}, [0.2, 50.2, 2.8, 50.8]), 20, 5],
  ['an area whose first corner is in the shallow', area('OBSTRN', {}, [1.5, 50.2, 2.5, 50.8]), 12.8, 5],
  ['an area with a border in common with its neighbour', area('OBSTRN', {}, [0.2, 50.2, 1, 50.8]), 20, 20],
  ['an area around all depth areas', area('OBSTRN', {}, [-1, 49, 4, 52]), 20, 5],
  ['an area beyond all depth areas', area('OBSTRN', {}, [5, 50.2, 6, 50.8]), null, null],
  ['a line from one depth area to the next', line({}, [0.5, 50.5], [1.5, 50.5]), 20, 5],
  ['a line along a border', line({}, [1, 50.2], [1, 50.8]), 20, 5],
  ['a point in a depth area', point('OBSTRN', {}, [1.5, 50.5]), 5, 5],
  ['a point on a border', point('OBSTRN', {}, [2, 50.5]), 12.8, 5],
] as const) {
  test(`${name} has the depths of all depth areas that it touches`, () => {
    const cell = compiledSpec({ features: [...WATER, danger] })
    const feature = [...cell.objectClass].findIndex((code) => objectClassName(code) === 'OBSTRN')
    let least: unknown = null
    visitDerived(cell, feature, (key, value) => {
      if (key === 'depthAroundMin') least = value
    })
    const around = cell.besideDepth[feature]!
    assert.deepEqual([around === NO_DEPTH ? null : around / 1_000, least], [deepest, shallowest])
  })
}

for (const [objectClass, attributes, over, depth] of [
  ['OBSTRN', { VALSOU: 3.1, WATLEV: 3 }, 20, 3.1],
  ['OBSTRN', { WATLEV: 3, EXPSOU: 1 }, 20, 20],
  ['OBSTRN', { WATLEV: 3, EXPSOU: 3 }, 20, 20],
  ['OBSTRN', { WATLEV: 3, EXPSOU: 2 }, 20, 0.01],
  ['OBSTRN', { WATLEV: 3, EXPSOU: 1 }, null, 0.01],
  ['OBSTRN', { CATOBS: 6 }, 20, 0.01],
  ['OBSTRN', { WATLEV: 5 }, 20, 0],
  ['OBSTRN', { WATLEV: 4 }, 20, -15],
  ['OBSTRN', {}, 20, -15],
  ['UWTROC', { WATLEV: 3 }, 20, 0.01],
  ['UWTROC', { WATLEV: 5 }, 20, 0],
  ['WRECKS', { CATWRK: 1, WATLEV: 3 }, 20, 20.1],
  ['WRECKS', { CATWRK: 1 }, 86, 20.1],
  ['WRECKS', { CATWRK: 1 }, 100, 34],
  ['WRECKS', { CATWRK: 1 }, null, 20.1],
  ['WRECKS', { CATWRK: 2, WATLEV: 3 }, 20, 0],
  ['WRECKS', { CATWRK: 5, WATLEV: 5 }, 20, 0],
  ['WRECKS', { CATWRK: 5, WATLEV: 4 }, 20, -15],
  ['WRECKS', { CATWRK: 4, WATLEV: 2 }, 20, -15],
] as const) {
  test(`${objectClass} ${JSON.stringify(attributes)} over ${over} m counts with ${depth} m`, () => {
    const water = over === null ? [] : [area('DEPARE', { DRVAL1: over }, [0, 50, 1, 51])]
    const cell = compiledSpec({ features: [...water, point(objectClass, attributes)] })
    const feature = [...cell.objectClass].findIndex((code) => objectClassName(code) === objectClass)
    assert.equal(cell.ownDepth[feature]! / 1_000, depth)
  })
}

test('the depth that is assumed for an area is that of the shallowest depth area it touches', () => {
  const danger = area('OBSTRN', { WATLEV: 3, EXPSOU: 1 }, [0.2, 50.2, 1.8, 50.8])
  const cell = compiledSpec({ features: [...WATER, danger] })
  const feature = [...cell.objectClass].findIndex((code) => objectClassName(code) === 'OBSTRN')
  assert.deepEqual([cell.ownDepth[feature], cell.besideDepth[feature]], [5_000, 20_000])
})
