import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { type Cell, type Feature, readCell } from './read-cell.ts'
import { S57Error } from './s57-error.ts'
import type { FeatureRecordSpec, FeatureSpec, UpdateSpec, VectorRecordSpec } from './writer/cell-spec.ts'
import { writeCell } from './writer/write-cell.ts'
import { writeUpdate } from './writer/write-update.ts'

// Expected results follow S-57 part 3, clause 8.4, by hand. The comparison with GDAL covers the same edits on larger cells.

const line = [
  [-30.09, 40.01],
  [-30.08, 40.02],
  [-30.07, 40.01],
  [-30.06, 40.02],
  [-30.05, 40.01],
]
const features: FeatureSpec[] = [
  { objectClass: 'CBLSUB', attributes: { CATCBL: 1, OBJNAM: 'Cable' }, geometry: { type: 'LineString', coordinates: line } },
  {
    objectClass: 'LNDMRK',
    nationalAttributes: { NOBJNM: 'Věž', NINFOM: 'Kámen' },
    geometry: { type: 'Point', coordinates: [-30.02, 40.02] },
  },
]
const name = 'XX5SAMPL'
/** The one edge of the cable has the three middle positions; its ends are connected nodes 1 and 2. */
const edge = { kind: 130, id: 1 } as const

function updated(update: Partial<UpdateSpec>): Cell {
  const base = { name: `${name}.000`, bytes: writeCell({ name, features, nationalLevel: 2 }) }
  return readCell(base, [{ name: `${name}.001`, bytes: writeUpdate({ name, nationalLevel: 2, ...update }) }])
}

function feature(cell: Cell, id: number): Feature {
  return [...cell.features()].find(({ recordId }) => recordId === id)!
}

const changeEdge = (change: Partial<VectorRecordSpec>): Partial<UpdateSpec> => ({
  vectors: [{ ...edge, instruction: 3, version: 2, ...change }],
})
const changeCable = (change: Partial<FeatureRecordSpec>): Partial<UpdateSpec> => ({
  features: [{ id: 1, objectClass: 'CBLSUB', primitive: 2, instruction: 3, version: 2, ...change }],
})
const coordinatesOf = (cell: Cell) => {
  const geometry = geoJsonOf(feature(cell, 1))
  return geometry?.type === 'LineString' ? geometry.coordinates : null
}

describe('updates of coordinates', () => {
  const moved = [-30.075, 40.03]
  const cases: { what: string; change: Partial<VectorRecordSpec>; expected: number[][] }[] = [
    {
      what: 'coordinates are inserted before the given index',
      change: { coordinates: [moved], coordinateEdit: { instruction: 1, index: 2, count: 1 } },
      expected: [line[0]!, line[1]!, moved, line[2]!, line[3]!, line[4]!],
    },
    {
      what: 'coordinates are inserted after the last',
      change: { coordinates: [moved], coordinateEdit: { instruction: 1, index: 4, count: 1 } },
      expected: [line[0]!, line[1]!, line[2]!, line[3]!, moved, line[4]!],
    },
    {
      what: 'coordinates are deleted',
      change: { coordinateEdit: { instruction: 2, index: 1, count: 2 } },
      expected: [line[0]!, line[3]!, line[4]!],
    },
    {
      what: 'coordinates are replaced',
      change: { coordinates: [moved], coordinateEdit: { instruction: 3, index: 3, count: 1 } },
      expected: [line[0]!, line[1]!, line[2]!, moved, line[4]!],
    },
    {
      what: 'all coordinates are deleted, which leaves a straight line between the nodes',
      change: { coordinateEdit: { instruction: 2, index: 1, count: 3 } },
      expected: [line[0]!, line[4]!],
    },
  ]
  for (const { what, change, expected } of cases) {
    test(what, () => assert.deepEqual(coordinatesOf(updated(changeEdge(change))), expected))
  }

  test('changed coordinates of a node move the ends of its edges', () => {
    const edit = { coordinates: [moved], coordinateEdit: { instruction: 3, index: 1, count: 1 } } as const
    const cell = updated({ vectors: [{ kind: 120, id: 1, instruction: 3, version: 2, ...edit }] })
    assert.deepEqual(coordinatesOf(cell), [moved, ...line.slice(1)])
  })
})

describe('updates of pointers', () => {
  test('pointers of an edge to its nodes are replaced', () => {
    const cell = updated({
      vectors: [
        { kind: 120, id: 9, coordinates: [[-30.04, 40.04]] },
        {
          ...edge,
          instruction: 3,
          version: 2,
          pointers: [{ kind: 120, id: 9, topology: 2 }],
          pointerEdit: { instruction: 3, index: 2, count: 1 },
        },
      ],
    })
    assert.deepEqual(coordinatesOf(cell)?.at(-1), [-30.04, 40.04])
  })

  test('a pointer of a feature to its edge is replaced by one in the other direction', () => {
    const spatial = [{ ...edge, orientation: 2 }]
    const cell = updated(changeCable({ spatial, spatialEdit: { instruction: 3, index: 1, count: 1 } }))
    assert.deepEqual(coordinatesOf(cell), line.toReversed())
  })

  test('pointers to other features are inserted and deleted', () => {
    const first = { agency: 1, featureId: 10, featureSubdivision: 1, relation: 2, comment: 'a' }
    const second = { agency: 1, featureId: 11, featureSubdivision: 1, relation: 3, comment: '' }
    const insert = changeCable({ references: [first, second], referenceEdit: { instruction: 1, index: 1, count: 2 } })
    assert.deepEqual(feature(updated(insert), 1).references, [first, second])
    const base = { name: `${name}.000`, bytes: writeCell({ name, features, nationalLevel: 2 }) }
    const remove = changeCable({ version: 3, referenceEdit: { instruction: 2, index: 1, count: 1 } })
    const updates = [insert, remove].map((update, i) => {
      return { name: `${name}.00${i + 1}`, bytes: writeUpdate({ name, nationalLevel: 2, updateNumber: i + 1, ...update }) }
    })
    assert.deepEqual(feature(readCell(base, updates), 1).references, [second])
  })
})

describe('updates without a control field', () => {
  const straight: FeatureSpec[] = [
    { objectClass: 'DEPCNT', geometry: { type: 'LineString', coordinates: [line[0]!, line[4]!] } },
    { objectClass: 'BOYLAT', geometry: { type: 'Point', coordinates: [-30.03, 40.03] } },
  ]
  const applied = (update: Partial<UpdateSpec>, base: readonly FeatureSpec[] = straight): Cell =>
    readCell({ name: `${name}.000`, bytes: writeCell({ name, features: base }) }, [
      { name: `${name}.001`, bytes: writeUpdate({ name, ...update }) },
    ])
  const master = { agency: 1, featureId: 10, featureSubdivision: 1, relation: 1, comment: '' }
  const slave = { ...master, featureId: 11, relation: 2 }

  test('coordinates without SGCC are added to an edge that has none', () => {
    const cell = applied(changeEdge({ coordinates: line.slice(1, 4) }))
    assert.deepEqual(coordinatesOf(cell), line)
    assert.deepEqual(cell.warnings, [])
  })

  test('coordinates without SGCC are added to an edge whose coordinates an earlier update deleted', () => {
    const updates = [
      changeEdge({ coordinateEdit: { instruction: 2, index: 1, count: 3 } }),
      changeEdge({ version: 3, coordinates: [line[2]!] }),
    ]
    const cell = readCell(
      { name: `${name}.000`, bytes: writeCell({ name, features: [features[0]!] }) },
      updates.map((update, i) => ({ name: `${name}.00${i + 1}`, bytes: writeUpdate({ name, updateNumber: i + 1, ...update }) })),
    )
    assert.deepEqual(coordinatesOf(cell), [line[0], line[2], line[4]])
  })

  test('coordinates without SGCC are ignored with a warning for an edge that has some', () => {
    const cell = updated(changeEdge({ coordinates: [[-30.075, 40.03]] }))
    assert.deepEqual(coordinatesOf(cell), line)
    assert.deepEqual(cell.warnings, [
      `${name}.001, edge 1: ignored its SG2D (1); the cell has 3 and no control field gives a place`,
    ])
  })

  test('a position without SGCC moves a node, with a warning', () => {
    const moved = [-30.031, 40.031]
    const cell = applied({ vectors: [{ kind: 110, id: 1, instruction: 3, version: 2, coordinates: [moved] }] })
    assert.deepEqual(geoJsonOf(feature(cell, 2)), { type: 'Point', coordinates: moved })
    assert.deepEqual(cell.warnings, [
      `${name}.001, isolated node 1: no SGCC gives the place of its SG2D; replaced the one position that a node has`,
    ])
    const start = [-30.091, 40.011]
    const bent = applied({ vectors: [{ kind: 120, id: 1, instruction: 3, version: 2, coordinates: [start] }] })
    assert.deepEqual(coordinatesOf(bent), [start, line[4]])
  })

  test('soundings without SGCC are added to a node whose soundings were deleted', () => {
    const soundings: FeatureSpec = { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: [[-30.03, 40.03, 4]] } }
    const node = { kind: 110, id: 1, instruction: 3 } as const
    const base = { name: `${name}.000`, bytes: writeCell({ name, features: [soundings] }) }
    const cell = readCell(base, [
      {
        name: `${name}.001`,
        bytes: writeUpdate({ name, vectors: [{ ...node, version: 2, coordinateEdit: { instruction: 2, index: 1, count: 1 } }] }),
      },
      {
        name: `${name}.002`,
        bytes: writeUpdate({ name, updateNumber: 2, vectors: [{ ...node, version: 3, coordinates: [[-30.03, 40.03, 7]] }] }),
      },
    ])
    assert.deepEqual(geoJsonOf(feature(cell, 1)), { type: 'MultiPoint', coordinates: [[-30.03, 40.03, 7]] })
  })

  test('soundings without SGCC have their new depth at their place, and are added elsewhere, with a warning', () => {
    const array = (coordinates: number[][]): FeatureSpec => ({
      objectClass: 'SOUNDG',
      geometry: { type: 'MultiPoint', coordinates },
    })
    const cases: [base: number[][], given: number[][], expected: number[][], words: string][] = [
      [[[-30.03, 40.03, 4]], [[-30.03, 40.03, 2.5]], [[-30.03, 40.03, 2.5]], 'replaced 1 of the same position, added 0'],
      [
        [[-30.03, 40.03, 4]],
        [[-30.04, 40.03, 2.5]],
        [
          [-30.03, 40.03, 4],
          [-30.04, 40.03, 2.5],
        ],
        'replaced 0 of the same position, added 1',
      ],
      [
        [
          [-30.03, 40.03, 4],
          [-30.04, 40.03, 5],
        ],
        [
          [-30.05, 40.03, 6],
          [-30.04, 40.03, 1],
        ],
        [
          [-30.03, 40.03, 4],
          [-30.04, 40.03, 1],
          [-30.05, 40.03, 6],
        ],
        'replaced 1 of the same position, added 1',
      ],
    ]
    for (const [base, given, expected, words] of cases) {
      const cell = applied({ vectors: [{ kind: 110, id: 1, instruction: 3, version: 2, coordinates: given }] }, [array(base)])
      assert.deepEqual(geoJsonOf(feature(cell, 1)), { type: 'MultiPoint', coordinates: expected })
      assert.deepEqual(cell.warnings, [`${name}.001, isolated node 1: no SGCC gives the place of its SG3D; ${words}`])
    }
  })

  test('pointers to edges without FSPC are added to a feature that has none', () => {
    const cell = applied({
      vectors: [
        { kind: 120, id: 8, coordinates: [line[0]!] },
        { kind: 120, id: 9, coordinates: [line[4]!] },
        { kind: 130, id: 7, coordinates: line.slice(1, 4) },
        {
          kind: 130,
          id: 7,
          instruction: 3,
          version: 2,
          pointers: [
            { kind: 120, id: 8, topology: 1 },
            { kind: 120, id: 9, topology: 2 },
          ],
        },
      ],
      features: [
        { id: 50, objectClass: 'DEPCNT', primitive: 2 },
        {
          id: 50,
          objectClass: 'DEPCNT',
          primitive: 2,
          instruction: 3,
          version: 2,
          spatial: [{ kind: 130, id: 7, orientation: 1 }],
        },
      ],
    })
    assert.deepEqual(geoJsonOf(feature(cell, 50)), { type: 'LineString', coordinates: line })
    assert.deepEqual(cell.warnings, [])
  })

  test('pointers to edges without FSPC are ignored with a warning for a feature that has some', () => {
    const cell = updated(changeCable({ spatial: [{ ...edge, orientation: 2 }] }))
    assert.deepEqual(coordinatesOf(cell), line)
    assert.match(cell.warnings.join(), /feature 1: ignored its FSPT \(1\); the cell has 1/)
  })

  test('the two ends of an edge without VRPC replace those that it has, with a warning', () => {
    const [start, end] = [
      [-30.095, 40.015],
      [-30.045, 40.015],
    ]
    const cell = applied({
      vectors: [
        { kind: 120, id: 8, coordinates: [start] },
        { kind: 120, id: 9, coordinates: [end] },
        {
          ...edge,
          instruction: 3,
          version: 2,
          pointers: [
            { kind: 120, id: 8, topology: 1 },
            { kind: 120, id: 9, topology: 2 },
          ],
        },
      ],
    })
    assert.deepEqual(coordinatesOf(cell), [start, end])
    assert.deepEqual(cell.warnings, [
      `${name}.001, edge 1: no VRPC gives the place of its VRPT; replaced the two ends that an edge has`,
    ])
  })

  test('one end of an edge without VRPC is ignored with a warning', () => {
    const cell = applied(changeEdge({ pointers: [{ kind: 120, id: 2, topology: 1 }] }))
    assert.deepEqual(coordinatesOf(cell), [line[0], line[4]])
    assert.match(cell.warnings.join(), /edge 1: ignored its VRPT \(1\); the cell has 2/)
  })

  test('the node of a point without FSPC replaces the one that it has, with a warning', () => {
    const moved = [-30.031, 40.031]
    const cell = applied({
      vectors: [{ kind: 110, id: 9, coordinates: [moved] }],
      features: [{ id: 2, objectClass: 'BOYLAT', primitive: 1, instruction: 3, version: 2, spatial: [{ kind: 110, id: 9 }] }],
    })
    assert.deepEqual(geoJsonOf(feature(cell, 2)), { type: 'Point', coordinates: moved })
    assert.deepEqual(cell.warnings, [
      `${name}.001, feature 2: no FSPC gives the place of its FSPT; replaced the one node that a point has`,
    ])
  })

  test('pointers to features without FFPC are added, each once', () => {
    const change = { id: 2, objectClass: 'BOYLAT', primitive: 1, instruction: 3 } as const
    const base = { name: `${name}.000`, bytes: writeCell({ name, features: straight }) }
    const cell = readCell(base, [
      { name: `${name}.001`, bytes: writeUpdate({ name, features: [{ ...change, version: 2, references: [master] }] }) },
      {
        name: `${name}.002`,
        bytes: writeUpdate({ name, updateNumber: 2, features: [{ ...change, version: 3, references: [master, slave] }] }),
      },
    ])
    assert.deepEqual(feature(cell, 2).references, [master, slave])
    assert.deepEqual(cell.warnings, [`${name}.002, feature 2: no FFPC gives the place of its FFPT; added 1 to 1`])
  })

  test('attributes are added to a record that has none', () => {
    const cell = applied(changeCable({ objectClass: 'DEPCNT', attributes: { VALDCO: 5 } }))
    assert.deepEqual(Object.fromEntries(feature(cell, 1).attributes), { VALDCO: '5' })
  })
})

test('entries beyond the count of a control field are ignored with a warning', () => {
  const moved = [-30.075, 40.03]
  const edit = { coordinates: [moved, moved], coordinateEdit: { instruction: 3, index: 1, count: 1 } } as const
  const cell = updated(changeEdge(edit))
  assert.deepEqual(coordinatesOf(cell), [line[0], moved, ...line.slice(2)])
  assert.match(cell.warnings.join(), /edge 1: ignored 1 of its SG2D that its control field does not count/)
})

describe('updates of attributes', () => {
  test('attributes are changed, added, emptied, and removed by the delete character', () => {
    const cell = updated(changeCable({ attributes: { CATCBL: 3, OBJNAM: '\x7f', BURDEP: 1.5, INFORM: '' } }))
    assert.deepEqual(Object.fromEntries(feature(cell, 1).attributes), { CATCBL: '3', BURDEP: '1.5', INFORM: '' })
  })

  test('national attributes are changed, and removed by the delete character of two bytes', () => {
    const change = { id: 2, objectClass: 'LNDMRK', primitive: 1, instruction: 3, version: 2 } as const
    const cell = updated({ features: [{ ...change, nationalAttributes: { NOBJNM: 'Maják', NINFOM: '\x7f' } }] })
    assert.deepEqual(Object.fromEntries(feature(cell, 2).nationalAttributes), { NOBJNM: 'Maják' })
  })
})

describe('updates that do not fit the cell', () => {
  const cases: { what: string; update: Partial<UpdateSpec>; record: string; field: string; message: RegExp }[] = [
    {
      what: 'a change to a record that is missing',
      update: { vectors: [{ kind: 130, id: 77, instruction: 3, version: 2 }] },
      record: 'edge 77',
      field: 'VRID',
      message: /changes a record that the cell does not have/,
    },
    {
      what: 'a change that skips a version',
      update: changeEdge({ version: 3 }),
      record: 'edge 1',
      field: 'VRID',
      message: /makes version 3 of a record that has version 1/,
    },
    {
      what: 'a change to a feature of another version',
      update: changeCable({ version: 1 }),
      record: 'feature 1',
      field: 'FRID',
      message: /makes version 1 of a record that has version 1/,
    },
    {
      what: 'an edit beyond the end of the list',
      update: changeEdge({ coordinateEdit: { instruction: 2, index: 3, count: 2 } }),
      record: 'edge 1',
      field: 'SG2D',
      message: /edits entries 3 to 4 of a list that has 3/,
    },
    {
      what: 'an edit of entry 0',
      update: changeEdge({ coordinateEdit: { instruction: 2, index: 0, count: 1 } }),
      record: 'edge 1',
      field: 'SG2D',
      message: /edits entries 0 to 0/,
    },
    {
      what: 'an edit with fewer coordinates than its control field counts',
      update: changeEdge({ coordinates: [[-30, 40]], coordinateEdit: { instruction: 1, index: 1, count: 2 } }),
      record: 'edge 1',
      field: 'SG2D',
      message: /announces 2 entries but brings 1/,
    },
  ]
  const cable = { id: 1, objectClass: 'CBLSUB', primitive: 2, version: 2 } as const
  const foreign: typeof cases = [
    {
      what: 'an update of another cell',
      update: { name: 'XX5OTHER' },
      record: 'record 2',
      field: 'DSID',
      message: /the update is for the cell XX5OTHER \(DSNM\), but this cell is XX5SAMPL/,
    },
    ...(
      [
        ['agency', 1],
        ['featureId', 7],
        ['featureSubdivision', 2],
      ] as const
    ).flatMap(([part, value]) =>
      ([3, 2, 1] as const).map((instruction) => ({
        what: `${['', 'an insertion', 'a deletion', 'a change'][instruction]} with another ${part} under the same record number`,
        update: { features: [{ ...cable, instruction, [part]: value }] },
        record: 'feature 1',
        field: 'FOID',
        message: /the update is for the object \d+ \d+ \d+ \(AGEN FIDN FIDS\), but this record of the cell is 65535 1 1/,
      })),
    ),
    ...([3, 2] as const).map((instruction) => ({
      what: `a ${instruction === 3 ? 'change' : 'deletion'} of an object of another class`,
      update: { features: [{ ...cable, instruction, objectClass: 'WRECKS' }] },
      record: 'feature 1',
      field: 'FRID',
      message: /the update is for an object of the class WRECKS, but this record of the cell is CBLSUB/,
    })),
  ]
  for (const { what, update, record, field, message } of [...cases, ...foreign]) {
    test(`${what} is refused`, () => {
      assert.throws(
        () => updated(update),
        (error) => {
          assert.ok(error instanceof S57Error)
          assert.deepEqual([error.file, error.record, error.field], [`${name}.001`, record, field])
          assert.match(error.message, message)
          return true
        },
      )
    })
  }
})

test('a change without FOID is applied by its record number', () => {
  const cell = updated(changeCable({ agency: 0, featureId: 0, featureSubdivision: 0, attributes: { OBJNAM: 'Renamed' } }))
  assert.equal(feature(cell, 1).attributes.get('OBJNAM'), 'Renamed')
})

describe('updates with a harmless fault', () => {
  test('deleting a missing record is only a warning', () => {
    const cell = updated({ features: [{ id: 99, objectClass: 'WRECKS', primitive: 1, instruction: 2, version: 2 }] })
    assert.equal(cell.featureCount, 2)
    assert.match(cell.warnings.join(), /deletes feature 99, which the cell does not have/)
  })

  test('inserting an existing record replaces it with a warning', () => {
    const cell = updated({ features: [{ id: 1, objectClass: 'PIPSOL', primitive: 2, spatial: [{ ...edge, orientation: 1 }] }] })
    assert.equal(feature(cell, 1).acronym, 'PIPSOL')
    assert.match(cell.warnings.join(), /inserts feature 1, which the cell already has/)
  })
})
