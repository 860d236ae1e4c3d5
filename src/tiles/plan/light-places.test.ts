import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { readCell } from '#s57/read-cell.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { createLightPlaces } from './light-places.ts'

// A cell across the antimeridian with a far-reaching light at 180.2 degrees and a small one, which has no figure, at 179.8.
const box: Box = [179.5, 50, 180.5, 51]
const light = (longitude: number, range: number) => ({
  objectClass: 'LIGHTS',
  attributes: { COLOUR: 1, VALNMR: range, SCAMIN: 180_000 },
  geometry: { type: 'Point' as const, coordinates: [longitude, 50.5] },
})
const bytes = writeCell({
  name: 'XX3TURNA',
  usageBand: 3,
  compilationScale: 90_000,
  features: [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: { type: 'Polygon', coordinates: [boxRing(box)] } },
    light(180.2, 20),
    light(179.8, 4),
  ],
  dataLimit: box,
})
const file = compileCell(readCell({ name: 'XX3TURNA.000', bytes }))
const shared = new Uint8Array(new SharedArrayBuffer(file.byteLength))
shared.set(file)
let loads = 0
let inUse = 0
const places = createLightPlaces({
  load: async () => {
    loads++
    inUse++
    return { bytes: shared, release: () => void inUse-- }
  },
})

/** A box of a tenth of a degree around a longitude of 50.5 degrees north. */
function around(longitude: number) {
  return {
    minX: xOfLongitude(longitude - 0.05),
    maxX: xOfLongitude(longitude + 0.05),
    minY: yOfLatitude(50.55),
    maxY: yOfLatitude(50.45),
  }
}
const nowhere = { minX: 0, maxX: -1, minY: 0, maxY: -1 }
const ask = (outer: Parameters<typeof places.anyBetween>[1], inner = nowhere, zoom = 14) =>
  places.anyBetween(['a'], outer, inner, zoom)

test('a light with a figure is found on both sides of the antimeridian, from its first zoom on, and only outside the inner box', async () => {
  assert.equal(await ask(around(-179.8)), true)
  const beyond = around(-179.8)
  assert.equal(await ask({ ...beyond, minX: beyond.minX + WORLD, maxX: beyond.maxX + WORLD }), true)
  assert.equal(await ask(around(179.8)), false, 'a light without a figure')
  assert.equal(await ask(around(-179.8), around(-179.8)), false, 'inside the inner box')
  assert.equal(await ask(around(-179.8), nowhere, 9), false, 'comes into view later')
  assert.equal(loads, 1)
  assert.equal(inUse, 0)
})
