import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latitudeOfY, longitudeOfX } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { boxRing as box, createFeatureSpecs, type GridPoint } from '#test/feature-specs.ts'
import { objectClassName } from '../format/catalogue-lookup.ts'
import { type CompiledCell, FLAG, FULL_ZOOM, NO_DEPTH, PART, RUN } from '../format/compiled-cell.ts'
import { createPositionBuffer, readPart } from '../read/read-part.ts'

// Positions in these tests are whole numbers of a lattice of 1,000 world units, y growing southwards.
const [originX, originY, unit] = [600_000_000, 400_000_000, 1_000]
const toDegrees = ([x, y]: GridPoint): [number, number] => [longitudeOfX(originX + x * unit), latitudeOfY(originY + y * unit)]
const { area, line } = createFeatureSpecs(toDegrees)
const toLattice = (x: number, y: number) => `${Math.round((x - originX) / unit)},${Math.round((y - originY) / unit)}`

interface Run {
  path: string
  shallow: number | null
  deep: number | null
  low: boolean
}

/** The runs of the features of a class, `depth_boundaries` for those that the compiler makes. */
function runsOf(cell: CompiledCell, className: string): Run[] {
  const buffer = createPositionBuffer()
  const found: Run[] = []
  const metres = (depth: number) => (depth === NO_DEPTH ? null : depth / 1_000)
  for (let feature = 0; feature < cell.featureCount; feature++) {
    const isBoundary = (cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0
    if ((isBoundary ? 'depth_boundaries' : objectClassName(cell.objectClass[feature]!)) !== className) continue
    for (let run = cell.runStart[feature]!; run < cell.runStart[feature + 1]!; run++) {
      const part = cell.runPart[run]!
      const count = readPart(cell, part, FULL_ZOOM, buffer)
      const path = Array.from({ length: count }, (_, i) => toLattice(buffer.xy[i * 2]!, buffer.xy[i * 2 + 1]!))
      if (cell.partKind[part] !== PART.line) path.push('closed')
      const low = (cell.runFlags[run]! & RUN.lowAccuracy) !== 0
      found.push({ path: path.join(' '), shallow: metres(cell.runShallow[run]!), deep: metres(cell.runDeep[run]!), low })
    }
  }
  return found
}
const sidesOf = (runs: readonly Run[]) => runs.map(({ shallow, deep }) => [shallow, deep])
const coverage = area('M_COVR', { CATCOV: 1 }, box(0, 0, 40, 10))

test('a contour is cut where the depth areas beside it change', () => {
  const cell = compiledSpec({
    features: [
      coverage,
      area('DEPARE', { DRVAL1: 0, DRVAL2: 5 }, box(0, 0, 20, 5)),
      area('DEPARE', { DRVAL1: -2, DRVAL2: 0 }, box(20, 0, 30, 5)),
      area('DEPARE', { DRVAL2: 5 }, box(30, 0, 40, 5)),
      area('DEPARE', { DRVAL1: 5, DRVAL2: 10 }, box(0, 5, 10, 10)),
      area('DRGARE', { DRVAL1: 9 }, box(10, 5, 40, 10)),
      line('DEPCNT', { VALDCO: 5 }, [
        [0, 5],
        [10, 5],
        [20, 5],
        [30, 5],
        [40, 5],
      ]),
    ],
  })
  assert.deepEqual(
    runsOf(cell, 'DEPCNT').map(({ path, shallow, deep }) => [path, shallow, deep]),
    [
      ['0,5 10,5', 0, 5],
      ['10,5 20,5', 0, 9],
      ['20,5 30,5', -2, 9],
      ['30,5 40,5', -1, 9],
    ],
  )
})

for (const [words, exempting, isExempt] of [
  ['nothing', [], false],
  ['a river', [area('RIVERS', {}, box(0, 0, 10, 5))], true],
  ['a lake', [area('LAKARE', {}, box(0, 0, 10, 5))], true],
  ['a canal', [area('CANALS', {}, box(0, 0, 10, 5))], true],
  ['a dock', [area('DOCARE', {}, box(0, 5, 10, 10))], true],
  ['a lock', [area('LOKBSN', {}, box(0, 5, 10, 10))], true],
  [
    'a gate',
    [
      line('GATCON', {}, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'a dam',
    [
      line('DAMCON', {}, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'land as a line',
    [
      line('LNDARE', {}, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'a wharf',
    [
      line('SLCONS', {}, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'a wharf that is always dry',
    [
      line('SLCONS', { WATLEV: 2 }, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'a submerged wall',
    [
      line('SLCONS', { WATLEV: 3 }, [
        [0, 5],
        [10, 5],
      ]),
    ],
    false,
  ],
  [
    'a wall that covers and uncovers',
    [
      line('SLCONS', { WATLEV: 4 }, [
        [0, 5],
        [10, 5],
      ]),
    ],
    false,
  ],
  [
    'a causeway that is subject to flooding',
    [
      line('CAUSWY', { WATLEV: 6 }, [
        [0, 5],
        [10, 5],
      ]),
    ],
    true,
  ],
  [
    'a coastline',
    [
      line('COALNE', {}, [
        [0, 5],
        [10, 5],
      ]),
    ],
    false,
  ],
] as [string, FeatureSpec[], boolean][]) {
  for (const land of ['LNDARE', 'UNSARE']) {
    test(`with ${words} along it, a border of ${land} ${isExempt ? 'makes no' : 'makes a'} safety contour`, () => {
      const features = [
        area('M_COVR', { CATCOV: 1 }, box(0, 0, 10, 10)),
        area(land, {}, box(0, 0, 10, 5)),
        area('DEPARE', { DRVAL1: 7 }, box(0, 5, 10, 10)),
        ...exempting,
      ]
      assert.deepEqual(sidesOf(runsOf(compiledSpec({ features }), 'depth_boundaries')), isExempt ? [] : [[-1_000, 7]])
      const contour = line('DEPCNT', { VALDCO: 0 }, [
        [0, 5],
        [10, 5],
      ])
      const withContour = compiledSpec({ features: [...features, contour] })
      assert.deepEqual(sidesOf(runsOf(withContour, 'depth_boundaries')), [])
      assert.deepEqual(sidesOf(runsOf(withContour, 'DEPCNT')), [[isExempt ? null : -1_000, 7]])
    })
  }
}

test('an isolated contour and one between equal depths are whole', () => {
  const cell = compiledSpec({
    features: [
      coverage,
      area('DEPARE', { DRVAL1: 5 }, box(0, 0, 40, 10)),
      line('DEPCNT', { VALDCO: 5 }, [
        [5, 5],
        [10, 6],
        [15, 5],
      ]),
    ],
  })
  assert.deepEqual(runsOf(cell, 'DEPCNT'), [{ path: '5,5 10,6 15,5', shallow: null, deep: null, low: false }])
})

test('the boundary of an area leaves out the limit of the data, masked edges and coastlines, and runs clockwise', () => {
  const restricted = box(0, 0, 10, 10)
  const masked = area('CTNARE', {}, box(10, 0, 20, 10), { masked: true })
  const cell = compiledSpec({
    dataLimit: [...toDegrees([0, 10]), ...toDegrees([40, 0])],
    features: [
      coverage,
      area('RESARE', { RESTRN: '1' }, restricted),
      line('COALNE', {}, [
        [2, 10],
        [4, 10],
      ]),
      area('LNDARE', {}, [
        [10, 4],
        [10, 6],
        [8, 5],
      ]),
      line('COALNE', {}, [
        [10, 4],
        [8, 5],
        [10, 6],
      ]),
      masked,
    ],
  })
  assert.deepEqual(
    runsOf(cell, 'RESARE').map(({ path }) => path),
    ['10,0 10,4 10,6 10,10'],
  )
  assert.deepEqual(
    runsOf(cell, 'CTNARE').map(({ path }) => path),
    [],
  )
  assert.deepEqual(
    runsOf(cell, 'LNDARE').map(({ path }) => path),
    ['10,4 10,6'],
  )
})

test('the boundary of an area within the chart is one closed run, wherever its ring begins', () => {
  const around: GridPoint[] = box(12, 2, 18, 8)
  const cell = compiledSpec({ features: [coverage, area('RESARE', {}, around), area('ACHARE', {}, box(18, 4, 25, 6))] })
  const [run, ...others] = runsOf(cell, 'RESARE')
  assert.deepEqual(others, [])
  assert.equal(run!.path.split(' ').at(-1), 'closed')
})

test('a ring cut by a coastline gives one run, though it begins in the middle of it', () => {
  for (let start = 0; start < 4; start++) {
    const corners = box(12, 2, 18, 8)
    const ring = [...corners.slice(start), ...corners.slice(0, start)]
    const cell = compiledSpec({
      features: [
        coverage,
        area('RESARE', {}, ring),
        line('COALNE', {}, [
          [18, 8],
          [12, 8],
        ]),
      ],
    })
    assert.deepEqual(
      runsOf(cell, 'RESARE').map(({ path }) => path),
      ['12,8 12,2 18,2 18,8'],
    )
  }
})

test('the boundary of a shore structure stays where a coastline runs', () => {
  const cell = compiledSpec({
    features: [
      coverage,
      area('SLCONS', {}, box(12, 2, 18, 8)),
      line('COALNE', {}, [
        [12, 2],
        [18, 2],
        [18, 8],
      ]),
    ],
  })
  assert.equal(runsOf(cell, 'SLCONS').length, 1)
})

test('depth areas and the coverage have no boundary, and points and accurate lines no runs', () => {
  const cell = compiledSpec({
    features: [
      coverage,
      area('DEPARE', { DRVAL1: 5 }, box(0, 0, 40, 10)),
      line('COALNE', {}, [
        [1, 1],
        [2, 2],
      ]),
      { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: toDegrees([3, 3]) } },
    ],
  })
  assert.equal(cell.runPart.length, 0)
})

test('lines and boundaries are cut where their accuracy changes', () => {
  const inaccurate = { edgeAttributes: { QUAPOS: 4 } }
  const cell = compiledSpec({
    features: [
      coverage,
      ...['COALNE', 'SLCONS', 'LNDARE', 'OBSTRN', 'DEPCNT'].flatMap((objectClass, i) => [
        line(
          objectClass,
          {},
          [
            [5, i + 1],
            [6, i + 1],
          ],
          inaccurate,
        ),
        line(objectClass, { OBJNAM: 'long' }, [
          [4, i + 1],
          [5, i + 1],
          [6, i + 1],
          [7, i + 1],
        ]),
      ]),
      area('DEPARE', { DRVAL1: 5 }, box(20, 0, 30, 8), inaccurate),
      area('DEPARE', { DRVAL1: 8 }, box(30, 0, 40, 8)),
      area('RESARE', {}, box(8, 1, 18, 9), inaccurate),
    ],
  })
  for (const [i, name] of ['COALNE', 'SLCONS', 'LNDARE', 'OBSTRN', 'DEPCNT'].entries()) {
    const y = i + 1
    assert.deepEqual(
      runsOf(cell, name).map(({ path, low }) => [path, low]),
      [
        [`5,${y} 6,${y}`, true],
        [`4,${y} 5,${y}`, false],
        [`5,${y} 6,${y}`, true],
        [`6,${y} 7,${y}`, false],
      ],
      name,
    )
  }
  assert.deepEqual(
    runsOf(cell, 'depth_boundaries').map(({ shallow, deep, low }) => [shallow, deep, low]),
    [[5, 8, true]],
  )
  assert.deepEqual(
    runsOf(cell, 'RESARE').map(({ low }) => low),
    [true],
  )
})
