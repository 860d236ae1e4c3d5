import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sideOfRings } from '#geo/overlay/grid.ts'
import { createFrame, gridX, gridY } from '#geo/tile-frame.ts'
import { tileAt } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { createLandMap } from './land-map.ts'
import { loadLand } from './load-land.ts'

const resolutions = await loadLand()
const land = createLandMap(resolutions)

function isLand(longitude: number, latitude: number, zoom: number): boolean {
  const frame = createFrame(tileAt(longitude, latitude, zoom), 128)
  const [x, y] = [gridX(frame, Math.round(xOfLongitude(longitude))), gridY(frame, Math.round(yOfLatitude(latitude)))]
  return sideOfRings(x + 0.5, y + 0.5, land.ringsIn(frame)) !== 'outside'
}

test('no edge of land leads across the world, except where Antarctica lies at the edge of the map', () => {
  for (const { xy, ringStart } of resolutions) {
    for (let ring = 0; ring < ringStart.length - 1; ring++) {
      const [from, end] = [ringStart[ring]!, ringStart[ring + 1]!]
      for (let i = from; i < end; i++) {
        const next = i + 1 === end ? from : i + 1
        assert.ok(xy[i * 2]! >= 0 && xy[i * 2]! <= WORLD)
        if (xy[i * 2 + 1] === WORLD && xy[next * 2 + 1] === WORLD) continue
        assert.ok(Math.abs(xy[i * 2]! - xy[next * 2]!) < WORLD / 2, `at ${xy[i * 2]} ${xy[i * 2 + 1]}`)
      }
    }
  }
})

test('the sea far from the antimeridian has no strip of land, and land beside the antimeridian is whole', () => {
  for (const zoom of [0, 2, 4, 8]) {
    // The latitudes of Chukotka, Wrangel Island and Fiji, in other seas.
    for (const [longitude, latitude] of [
      [0, 67.5],
      [-20, 68.5],
      [10, 71.1],
      [-20, -16.4],
      [80, -16.5],
    ] as const) {
      assert.equal(isLand(longitude, latitude, zoom), false, `${longitude} ${latitude} at zoom ${zoom}`)
    }
    for (const [longitude, latitude] of [
      [177, 66.5],
      [-174, 66.6],
      [179.95, 67.5],
      [-179.95, 67.5],
      [0, -80],
      [-120, -80],
      [90, -80],
    ] as const) {
      assert.equal(isLand(longitude, latitude, zoom), true, `${longitude} ${latitude} at zoom ${zoom}`)
    }
  }
})
