import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeTile } from '#tiles/mvt/encode-tile.ts'
import type { TileFeature, TileLayer, TileValue } from '#tiles/mvt/tile-layer.ts'
import { TILE_BUDGET, thinToBudget } from './thin-to-budget.ts'

const at = (x: number, y: number, properties: Record<string, TileValue>): TileFeature => ({
  id: null,
  geometry: { type: 'point', points: [{ x, y }] },
  properties: new Map(Object.entries(properties)),
})

/** Soundings all over the tile, each depth different, so that their values alone are beyond the budget. */
function soundings(step: number): TileFeature[] {
  const features: TileFeature[] = []
  for (let x = 0; x < 4096; x += step) {
    for (let y = 0; y < 4096; y += step) features.push(at(x, y, { DEPTH: ((x * 7919 + y * 104_729) % 100_003) / 1000 + 0.0001 }))
  }
  return features
}

test('a tile within the budget stays unchanged', () => {
  const layers: TileLayer[] = [{ name: 's57_soundg', features: soundings(256) }]
  const before = layers[0]!.features.length
  assert.deepEqual(thinToBudget(layers, encodeTile), encodeTile(layers))
  assert.equal(layers[0]!.features.length, before)
})

test('soundings are thinned first, keeping the shallowest of each square, and no other layer changes', () => {
  const all = soundings(16)
  const layers: TileLayer[] = [
    { name: 's57_soundg', features: all },
    { name: 's57_sbdare', features: [at(5, 5, { NATSUR: '4' })] },
    { name: 's57_wrecks', features: [at(6, 6, { CATWRK: 2 })] },
  ]
  const bytes = thinToBudget(layers, encodeTile)
  assert.ok(bytes.byteLength <= TILE_BUDGET)
  const [kept, ...others] = layers as [TileLayer, TileLayer, TileLayer]
  assert.ok(kept.features.length > 0 && kept.features.length < all.length)
  assert.deepEqual(
    others.map(({ features }) => features.length),
    [1, 1],
  )
  // Shoal-biased: within the coarsest squares, no dropped sounding is shallower than all that stayed near it.
  const depthOf = ({ properties }: TileFeature) => Number(properties.get('DEPTH'))
  const squareOf = ({ geometry }: TileFeature) => {
    assert.ok(geometry.type === 'point')
    const { x, y } = geometry.points[0]!
    return `${Math.floor(x / 512)} ${Math.floor(y / 512)}`
  }
  const shallowest = (features: readonly TileFeature[]) => {
    const least = new Map<string, number>()
    for (const each of features) least.set(squareOf(each), Math.min(least.get(squareOf(each)) ?? Infinity, depthOf(each)))
    return least
  }
  assert.deepEqual(shallowest(kept.features), shallowest(all))
})

test('when thinning soundings is not enough, lesser layers go in order and dangers never', () => {
  const long = 'a'.repeat(400)
  const many = (prefix: string) => Array.from({ length: 1_500 }, (_, i) => at(i, i, { INFORM: `${prefix} ${i} ${long}` }))
  const layers: TileLayer[] = [
    { name: 's57_seaare', features: [at(1, 1, { OBJNAM: 'Bay' })] },
    { name: 's57_wrecks', features: many('wreck').slice(0, 1_000) },
    { name: 's57_sbdare', features: many('mud') },
    { name: 's57_m_qual', features: many('survey').slice(0, 10) },
  ]
  assert.ok(encodeTile(layers).byteLength > TILE_BUDGET)
  assert.ok(thinToBudget(layers, encodeTile).byteLength <= TILE_BUDGET)
  assert.deepEqual(
    layers.map(({ features }) => features.length),
    [1, 1_000, 0, 10],
  )
})

test('middles and boundaries go with the layer of their areas, then those of other areas; those of restricted areas go last', () => {
  const long = 'a'.repeat(350)
  const many = (properties: Record<string, TileValue>) =>
    Array.from({ length: 200 }, (_, i) =>
      at(i, i, { ...properties, INFORM: `${properties.class} ${properties.rank} ${i} ${long}` }),
    )
  const counts = (wrecks: number) => {
    const layers: TileLayer[] = [
      { name: 'area_points', features: [...many({ class: 'SBDARE', rank: 0 }), ...many({ class: 'CTSARE', rank: 1 })] },
      {
        name: 'area_lines',
        features: [...many({ class: 'SBDARE' }), ...many({ class: 'CTSARE' }), ...many({ class: 'RESARE' })],
      },
      { name: 's57_sbdare', features: many({ class: 'mud' }) },
      { name: 's57_wrecks', features: Array.from({ length: wrecks }, (_, i) => at(i, i, { INFORM: `wreck ${i} ${long}` })) },
    ]
    thinToBudget(layers, encodeTile)
    return layers.map(({ features }) => features.length)
  }
  // Each 200 features take 77 kB.
  assert.deepEqual(counts(0), [400, 600, 200, 0])
  assert.deepEqual(counts(200), [200, 600, 200, 200])
  assert.deepEqual(counts(400), [0, 400, 0, 400])
  assert.deepEqual(counts(1_000), [0, 200, 0, 1_000])
  assert.deepEqual(counts(1_250), [0, 0, 0, 1_250])
})
