import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import type { CellFile } from '#s57/cell.ts'
import { readChart, standardOf } from '#s101/chart/read-chart.ts'
import { compiledFeatures } from '#test/compiled-features.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { drawLayers } from '#tiles/products/vector/draw-tile.ts'
import { twinCells } from './twin-cells.ts'

const noLand = createLandMap([])
/** The tiles around the invented cell, from one that has all of it to one of a few hundred metres. */
const ZOOMS = [8, 11, 13, 15]

function tileAt(longitude: number, latitude: number, z: number) {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return { z, x: Math.floor(((longitude + 180) / 360) * 2 ** z), y: Math.floor(y * 2 ** z) }
}

const opened = (file: CellFile) => openCompiledCell(compileCell(readChart(file)).slice().buffer as ArrayBuffer)

test('cells with equal content give the same tiles in S-57 and in S-101', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 1, max: 1e6 }),
        squares: fc.integer({ min: 1, max: 4 }),
        vertices: fc.integer({ min: 2, max: 9 }),
      }),
      (options) => {
        const twins = twinCells(options)
        assert.deepEqual([standardOf(twins.s57.bytes), standardOf(twins.s101.bytes)], ['s57', 's101'])
        const [s57, s101] = [opened(twins.s57), opened(twins.s101)]
        assert.deepEqual(compiledFeatures(s101), compiledFeatures(s57))
        const drawn = new Set<string>()
        for (const z of ZOOMS) {
          for (const part of [0.1, 0.5, 0.9]) {
            const tile = tileAt(-40 + 0.01 * options.squares * part, 50 + 0.01 * options.squares * part, z)
            const [old, next] = [s57, s101].map((cell) => drawLayers(tile, [cell], noLand, () => {}, []))
            assert.deepEqual(next, old, JSON.stringify(tile))
            for (const { name, features } of next!) if (features.length > 0) drawn.add(name)
          }
        }
        for (const layer of ['s57_topmar', 's57_bridge', 's57_depare', 'light_arcs']) assert.ok(drawn.has(layer), layer)
      },
    ),
    { numRuns: 15, seed: 101 },
  )
})
