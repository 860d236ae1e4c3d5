import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import type { GridRing } from '#geo/overlay/grid.ts'
import { readCell } from '#s57/read-cell.ts'
import { auditCells } from '#test/audit-cells.ts'
import type { DecodedTile } from '#test/decoded-tile.ts'
import { doublePoints, edgeDisagreements, geometryFaults, skinAt, unboundedDepths } from '#test/tile-audit.ts'

// The long run over real charts: npm run check-tiles.

test('tiles of the invented coast have valid geometry, one depth or land everywhere, a boundary where cells differ and neighbours that agree, at every zoom', async () => {
  const cells = demoCells().map(({ files }) =>
    openCompiledCell(compileCell(readCell(files[0]!, files.slice(1))).buffer as ArrayBuffer),
  )
  const zooms = Array.from({ length: 17 }, (_, zoom) => zoom)
  for await (const { zoom, faults, tiles, bytes } of auditCells({ cells, zooms, pointsPerZoom: 60, pairsPerZoom: 6, seed: 7 })) {
    assert.deepEqual([...faults], [], `zoom ${zoom}`)
    assert.ok(tiles > 0)
    assert.ok(bytes <= 500_000)
  }
})

const ring = (left: number, top: number, right: number, bottom: number): GridRing => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]
const tile = (...rings: GridRing[][]): DecodedTile => ({
  areas: rings.map((each, i) => ({ layer: 's57_depare', key: `s57_depare ${i}`, rings: each })),
  points: [],
  lines: [],
  bytes: 0,
})

test('each audit check finds its fault', () => {
  const bowTie = [
    { x: 0, y: 0 },
    { x: 10, y: 10 },
    { x: 10, y: 0 },
    { x: 0, y: 12 },
  ]
  assert.equal(geometryFaults(tile([bowTie])).length, 1)
  assert.equal(geometryFaults(tile([ring(0, 0, 10, 10).toReversed()])).length, 1, 'a hole without an outline')
  assert.equal(geometryFaults(tile([ring(0, 0, 10, 10), ring(20, 2, 25, 5).toReversed()])).length, 1, 'a hole elsewhere')
  assert.deepEqual(geometryFaults(tile([ring(0, 0, 10, 10), ring(2, 2, 5, 5).toReversed()])), [])
  const buoy = { layer: 's57_boylat', id: 5, x: 1, y: 1, properties: {} }
  assert.equal(doublePoints({ ...tile(), points: [buoy, { ...buoy }] }).length, 1)
  const gap = tile([ring(0, 0, 100, 100)], [ring(110, 0, 200, 100)])
  assert.equal(skinAt(gap, 105, 50).covered, 0)
  assert.equal(skinAt(gap, 50, 50).covered, 1)
  assert.equal(skinAt(tile([ring(0, 0, 100, 100)], [ring(50, 0, 200, 100)]), 75, 50).inside.length, 2)
  const depth = (DRVAL1: number, left: number, right: number) => ({
    ...{ layer: 's57_depare', key: `s57_depare 1 ${DRVAL1} 20` },
    rings: [ring(left, 0, right, 20)],
  })
  const cells = [ring(0, 0, 100, 20), ring(100, 0, 200, 20)].map((each) => ({ layer: 'chart_cells', key: '', rings: [each] }))
  const halves = { ...tile(), areas: [...cells, depth(5, 0, 100), depth(10, 100, 200)] }
  assert.equal(unboundedDepths(halves).length, 2, 'seen from either cell')
  const border = { layer: 'depth_boundaries', paths: [[ring(100, 0, 200, 20)[0]!, ring(100, 0, 200, 20)[3]!]] }
  assert.deepEqual(unboundedDepths({ ...halves, lines: [border] }), [])
  const west = tile([ring(4000, 100, 4200, 200)])
  assert.deepEqual(edgeDisagreements(west, tile([ring(-96, 100, 104, 200)])), [])
  assert.equal(edgeDisagreements(west, tile([ring(-96, 100, 104, 210)])).length, 1)
})

test('the audit accepts a difference of one rounding at the common edge of a steep boundary, and no more', () => {
  // From the top of the edge to the bottom, 32 units to the right: one unit of offset moves the crossing by 128.
  const steep = (left: number, off = 0) =>
    tile([
      [
        { x: left - 16 + off, y: 0 },
        { x: left + 16 + off, y: 4096 },
        { x: left - 100, y: 4096 },
        { x: left - 100, y: 0 },
      ],
    ])
  assert.deepEqual(edgeDisagreements(steep(4096), steep(0)), [])
  assert.deepEqual(edgeDisagreements(steep(4096), steep(0, 1)), [])
  assert.equal(edgeDisagreements(steep(4096), steep(0, 5)).length, 1)
})
