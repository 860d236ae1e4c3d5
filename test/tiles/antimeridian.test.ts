import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { tileAt } from '#geo/tile-grid.ts'
import { readCell } from '#s57/read-cell.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { edgeDisagreements, geometryFaults, skinAt } from '#test/tile-audit.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'

// A cell from 179.5 to 181 degrees; NOAA writes such cells as -180.5 to -179.
for (const turn of [0, -360]) {
  const box: Box = [179.5 + turn, 50, 181 + turn, 51]
  const geometry = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  const features: FeatureSpec[] = [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
    { objectClass: 'DEPARE', attributes: { DRVAL1: 5, DRVAL2: 10 }, geometry },
    { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [180.4 + turn, 50.4] } },
    { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [179.7 + turn, 50.4] } },
  ]
  const bytes = writeCell({
    name: 'XX3TURNA',
    usageBand: 3,
    compilationScale: 180_000,
    features,
    dataLimit: box,
  })
  const cell = openCompiledCell(compileCell(readCell({ name: 'XX3TURNA.000', bytes }, [])).buffer as ArrayBuffer)
  const land = createLandMap([])
  const z = 8
  const across = 2 ** z
  const { y } = tileAt(180, 50.5, z)
  const draw = (x: number) => decodeTile(drawTile({ z, x, y }, [cell], land, () => {}))

  test(`a cell across the antimeridian (longitudes from ${box[0]}) is drawn on both sides, each object once, and nowhere else`, () => {
    const last = draw(across - 1)
    const first = draw(0)
    for (const tile of [last, first]) assert.deepEqual(geometryFaults(tile), [])
    assert.deepEqual(edgeDisagreements(last, first), [])
    assert.equal(skinAt(last, 4000, 2000).inside.length, 1)
    assert.equal(skinAt(first, 100, 2000).inside.length, 1)
    assert.equal(last.points.filter(({ x }) => x >= 0 && x < 4096).length, 1)
    assert.equal(first.points.filter(({ x }) => x >= 0 && x < 4096).length, 1)
    for (const x of [3, across / 2, across - 4]) assert.equal(draw(x).bytes, 0, `column ${x}`)
    // At zoom 0 the halves are at the two ends of the only tile.
    const world = decodeTile(drawTile({ z: 0, x: 0, y: 0 }, [cell], land, () => {}))
    const row = Math.round(((y + 0.5) / across) * 4096)
    assert.equal(skinAt(world, 2048, row).covered, 0, 'no band around the world')
    assert.ok(skinAt(world, 1, row).covered > 0 && skinAt(world, 4095, row).covered > 0)
  })
}
