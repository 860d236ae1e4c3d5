import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { boxRing } from '#test/cells.ts'
import { compiledSpec, partsOf } from '#test/compiled-cells.ts'
import { PART } from '../format/compiled-cell.ts'
import { assignVertexZooms } from '../write/vertex-zooms.ts'

const square = [
  [0, 50],
  [1, 50],
  [1, 51],
  [0, 51],
  [0, 50],
]
const area = (objectClass: string, attributes: FeatureSpec['attributes'], ...rings: number[][][]): FeatureSpec => ({
  objectClass,
  attributes: attributes ?? {},
  geometry: { type: 'Polygon', coordinates: rings },
})
const coverage = area('M_COVR', { CATCOV: 1 }, square)

/** Returns all rings of a cell at a zoom, except those of the coverage. */
function rings(features: FeatureSpec[], zoom: number) {
  const cell = compiledSpec({ features })
  return partsOf(cell, 0, cell.coverageParts[0], zoom).filter((_, i) => cell.partKind[i] !== PART.line)
}

describe('rings without area', () => {
  const needle = [
    [0.2, 50.2],
    [0.4, 50.4],
    [0.8, 50.8],
    [0.2, 50.2],
  ]
  const speck = [
    [0.5, 50.5],
    [0.5000001, 50.5],
    [0.5000001, 50.5000001],
    [0.5, 50.5],
  ]
  for (const [what, ring] of [
    ['smaller than a unit', speck],
    ['that goes there and back', [needle[0]!, needle[1]!, needle[2]!, needle[1]!, needle[0]!]],
  ] as const) {
    test(`a ring ${what} is dropped, as an area and as a hole`, () => {
      for (const zoom of [0, 10, 16]) {
        assert.equal(
          rings(
            [
              coverage,
              area(
                'LNDARE',
                {},
                ring.map((p) => [...p]),
              ),
            ],
            zoom,
          ).length,
          1,
          'the M_COVR alone',
        )
        const holed = rings(
          [
            coverage,
            area(
              'DEPARE',
              { DRVAL1: 1 },
              square,
              ring.map((p) => [...p]),
            ),
          ],
          zoom,
        )
        assert.equal(holed.length, 2)
      }
    })
  }

  test('a small island disappears at low zooms together with the hole it lies in', () => {
    const island = boxRing([0.5, 50.5, 0.501, 50.501])
    const features = [coverage, area('DEPARE', { DRVAL1: 1 }, square, island.toReversed()), area('LNDARE', {}, island)]
    const counts = [...new Array(17).keys()].map((zoom) => rings(features, zoom).length)
    assert.ok(counts[0]! === 2 && counts[16] === 4)
    assert.ok(
      counts.every((count) => count === 2 || count === 4),
      `hole and island go together: ${counts}`,
    )
  })
})

test('a coverage hole of 10,000 vertices is compiled and simplified', () => {
  const hole = Array.from({ length: 10_000 }, (_, i) => {
    const angle = (i / 10_000) * 2 * Math.PI
    const radius = 0.3 + 0.002 * Math.sin(i / 7)
    return [0.5 + radius * Math.cos(angle), 50.5 + radius * Math.sin(angle)]
  })
  hole.push(hole[0]!)
  const cell = compiledSpec({ features: [coverage, area('M_COVR', { CATCOV: 2 }, hole)] })
  const [from, to] = cell.coverageParts
  const at = (zoom: number) => partsOf(cell, from, to, zoom).map((ring) => ring.length)
  assert.deepEqual(at(16), [4, 10_000])
  const [, thin] = at(6)
  assert.ok(thin !== undefined && thin < 1_000, `${thin} vertices at zoom 6`)
})

test('overlapping coverage areas, a ring that crosses itself and lines of one position compile without error', () => {
  const bow = [
    [0, 50],
    [1, 51],
    [1, 50],
    [0, 51.5],
    [0, 50],
  ]
  const cell = compiledSpec({
    features: [
      coverage,
      area('M_COVR', { CATCOV: 2 }, boxRing([0.5, 50.5, 2, 52])),
      area('LNDARE', {}, bow),
      {
        objectClass: 'COALNE',
        geometry: {
          type: 'LineString',
          coordinates: [
            [0.1, 50.1],
            [0.1000001, 50.1],
          ],
        },
      },
    ],
  })
  assert.equal(partsOf(cell, ...cell.coverageParts, 16).length, 1)
  assert.ok(cell.featureCount >= 4)
})

test('a line made to be slow to simplify is simplified in a bounded number of steps', () => {
  // Each vertex is the farthest of the rest, so plain Douglas-Peucker is quadratic: 400 million steps here.
  const count = 40_000
  const xy = new Int32Array(count * 2)
  for (let i = 0; i < count; i++) {
    xy[i * 2] = i * 10
    xy[i * 2 + 1] = i % 2 === 0 ? 0 : 1_000_000 - i * 20
  }
  const zooms = new Uint8Array(count)
  assignVertexZooms(xy, zooms)
  assert.equal(zooms[0], 0)
  assert.equal(zooms[count - 1], 0)
})
