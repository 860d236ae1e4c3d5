import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { describeTiles } from '#tiles/tile-json.ts'
import { createLandMap } from '../../basemap/land-map.ts'
import { vector } from '../vector.ts'

const TILE = { z: 14, x: 8_650, y: 5_550 }
const longitude = (units: number) => longitudeOfX(((TILE.x + units / 4096) / 2 ** TILE.z) * WORLD)
const latitude = (units: number) => latitudeOfY(((TILE.y + units / 4096) / 2 ** TILE.z) * WORLD)
const boxOf = (west: number, south: number, east: number, north: number): Box => [
  ...([longitude(west), latitude(south)] as const),
  ...([longitude(east), latitude(north)] as const),
]
const area = (objectClass: string, attributes: NonNullable<FeatureSpec['attributes']>, box: Box): FeatureSpec => ({
  ...{ objectClass, attributes },
  geometry: { type: 'Polygon', coordinates: [boxRing(box)] },
})
const point = (objectClass: string, attributes: NonNullable<FeatureSpec['attributes']>, x = 2_000, y = 2_000): FeatureSpec => ({
  ...{ objectClass, attributes },
  geometry: { type: 'Point', coordinates: [longitude(x), latitude(y)] },
})

interface Drawn {
  properties: Record<string, unknown>
  /** From the first position: width and height of the geometry in tile units. */
  size: [number, number]
}

/** Draws a tile of a cell with these objects and returns the features of its layers. */
async function draw(...objects: FeatureSpec[]): Promise<Record<string, Drawn[]>> {
  const box = boxOf(-9_000, 6_000, 9_000, -2_000)
  const cell = compiledSpec({
    usageBand: 5,
    compilationScale: 12_000,
    features: [area('M_COVR', { CATCOV: 1 }, box), ...objects],
    dataLimit: box,
  })
  const work = { request: TILE, cells: [cell], facts: null, land: createLandMap([]), checkpoint: () => {} }
  const { layers } = new VectorTile(new PbfReader((await vector.make(work))!))
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, i) => {
        const feature = layer.feature(i)
        const positions = feature.loadGeometry().flat()
        const extent = (values: number[]) => Math.max(...values) - Math.min(...values)
        const size: [number, number] = [extent(positions.map(({ x }) => x)), extent(positions.map(({ y }) => y))]
        return { properties: { ...feature.properties }, size }
      }),
    ]),
  )
}

test('a tile has the derived properties of a lighted buoy and its topmark', async () => {
  const OBJNAM = 'Wilmington River Lighted Buoy 31A'
  const layers = await draw(
    point('BOYLAT', { OBJNAM, BOYSHP: 4, COLOUR: '4' }),
    point('TOPMAR', { TOPSHP: 5 }),
    point('LIGHTS', { OBJNAM, LITCHR: 2, SIGGRP: '(2+1)', SIGPER: 6, COLOUR: '4', VALNMR: 4 }),
  )
  assert.deepEqual(layers.s57_boylat?.[0]?.properties, { OBJNAM, BOYSHP: 4, COLOUR: '4', label: '31A', TOPSHP: 5 })
  assert.deepEqual(layers.s57_topmar?.[0]?.properties, { TOPSHP: 5, floating: true })
  assert.deepEqual(layers.s57_lights?.[0]?.properties, {
    ...{ OBJNAM, LITCHR: 2, SIGGRP: '(2+1)', SIGPER: 6, COLOUR: '4', VALNMR: 4 },
    ...{ label: '31A', flare: 135, character: 'Fl(2+1) G 6s', place: 0 },
  })
  assert.equal(layers.light_arcs, undefined)
})

test('a tile has one text for the sectors of a light, and a figure for each', async () => {
  const sector = (SECTR1: number, SECTR2: number, COLOUR: number, VALNMR: number) =>
    point('LIGHTS', { LITCHR: 1, SECTR1, SECTR2, COLOUR, VALNMR })
  const layers = await draw(sector(0, 90, 1, 18), sector(90, 180, 3, 12))
  assert.deepEqual(
    layers.s57_lights?.map(({ properties }) => [properties.sector, properties.character, properties.rangeText]),
    [
      [true, 'F WR', '18/12M'],
      [true, undefined, undefined],
    ],
  )
  assert.deepEqual([layers.light_arcs?.length, layers.light_legs?.length], [2, 2])
})

test('the circle of a far-reaching light has a radius of 26 mm, and lights below 15 miles have none', async () => {
  const circle = async (attributes: NonNullable<FeatureSpec['attributes']>) =>
    (await draw(point('LIGHTS', { COLOUR: 1, ...attributes }))).light_arcs
  const [drawn] = (await circle({ VALNMR: 15 })) ?? []
  assert.equal(drawn?.properties.kind, 'allRound')
  // 0.28 mm per pixel, 8 units per pixel; the circle is a polygon of 90 corners.
  for (const length of drawn.size) assert.ok(Math.abs(length - (2 * 26 * 8) / 0.28) < 3, `${length}`)
  assert.equal(await circle({ VALNMR: 14 }), undefined)
  assert.equal(await circle({ VALNMR: 20, CATLIT: 4 }), undefined)
  assert.equal(await circle({ VALNMR: 20, ORIENT: 90 }), undefined)
})

test('a tile has the leg of a directional light, of 25 mm towards the sea', async () => {
  const { light_legs: legs, s57_lights: lights } = await draw(point('LIGHTS', { CATLIT: 1, ORIENT: 270, COLOUR: 1, LITCHR: 1 }))
  const length = Math.round((25 * 8) / 0.28)
  assert.deepEqual(
    legs?.map(({ size, properties }) => [size, properties.kind]),
    [[[length, 0], 'directional']],
  )
  assert.deepEqual([lights?.[0]?.properties.character, lights?.[0]?.properties.flare], ['Dir F W', undefined])
})

test('a danger area has the depths of all depth areas that it touches', async () => {
  const layers = await draw(
    area('DEPARE', { DRVAL1: 20, DRVAL2: 30 }, boxOf(-9_000, 6_000, 2_000, -2_000)),
    area('DEPARE', { DRVAL1: 5, DRVAL2: 20 }, boxOf(2_000, 6_000, 9_000, -2_000)),
    area('OBSTRN', { WATLEV: 3, EXPSOU: 1 }, boxOf(1_000, 3_000, 3_000, 1_000)),
  )
  assert.deepEqual(layers.s57_obstrn?.[0]?.properties, {
    ...{ WATLEV: 3, EXPSOU: 1 },
    ...{ depth: 5, depthAssumed: true, depthAround: 20, depthAroundMin: 5 },
  })
})

test('inaccurate points and soundings say so', async () => {
  const soundings: FeatureSpec = {
    objectClass: 'SOUNDG',
    geometry: { type: 'MultiPoint', coordinates: [[longitude(1_000), latitude(1_000), 7.5]] },
  }
  const layers = await draw(
    { ...point('WRECKS', { VALSOU: 4, WATLEV: 3 }), nodeAttributes: { QUAPOS: 4 } },
    { ...soundings, nodeAttributes: { QUAPOS: 5 } },
  )
  assert.deepEqual(layers.s57_wrecks?.[0]?.properties, { VALSOU: 4, WATLEV: 3, depth: 4, lowAccuracy: true })
  assert.deepEqual(layers.s57_soundg?.[0]?.properties, { DEPTH: 7.5, lowAccuracy: true })
})

test('TileJSON lists every property that a tile has', async () => {
  const SYMINS = "SY(BRTHNO01);TX('V-AIS',3);LS(DASH,2,CHMGF);LC(NAVARE51);AC(DEPVS,3);AP(DIAMOND1)"
  const layers = await draw(
    area('DEPARE', { DRVAL1: 20, DRVAL2: 30 }, boxOf(-9_000, 6_000, 9_000, -2_000)),
    ...['BOYLAT', 'DAYMAR', 'TOPMAR', 'FOGSIG', 'RTPBCN'].map((objectClass) =>
      point(objectClass, { OBJNAM: 'Buoy 1', COLOUR: '3', TOPSHP: 5 }),
    ),
    point('LIGHTS', { OBJNAM: 'Buoy 1', LITCHR: 1, SECTR1: 0, SECTR2: 90, COLOUR: 1, VALNMR: 18, STATUS: 8 }),
    point('LIGHTS', { LITCHR: 1, COLOUR: 1 }),
    point('NEWOBJ', { SYMINS, CLSNAM: 'Virtual AtoN', CLSDEF: '-' }),
    point('SBDARE', { NATSUR: '4' }),
    ...['OBSTRN', 'UWTROC', 'WRECKS'].map((objectClass) => ({ ...point(objectClass, {}), nodeAttributes: { QUAPOS: 4 } })),
  )
  const listed = new Map(describeTiles('', '1', '').vector_layers.map(({ id, fields }) => [id, fields]))
  const types = { string: 'String', number: 'Number', boolean: 'Boolean' } as Record<string, string>
  for (const [layer, features] of Object.entries(layers)) {
    for (const { properties } of features) {
      for (const [name, value] of Object.entries(properties)) {
        if (/^(COLOUR|TOPSHP|STATUS|OBJNAM)$/.test(name) && !listed.get(layer)?.[name]) continue
        assert.equal(listed.get(layer)?.[name], types[typeof value], `${layer}.${name}`)
      }
    }
  }
})
