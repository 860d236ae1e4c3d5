import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { applyUpdate } from '#s57/apply-update.ts'
import { createAttributeDecoder } from '#s57/attributes.ts'
import { type CellStore, createCellStore } from '#s57/cell-store.ts'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import type { Geometry } from '#s57/geometry.ts'
import { readCell } from '#s57/read-cell.ts'
import { readFile } from '#s57/read-file.ts'
import { type AttributeList, type VectorRecord, VRPT_WIDTH } from '#s57/records.ts'
import { createWarningList } from '#s57/warning-list.ts'
import { createWorkBudget } from '#s57/work-budget.ts'
import { encodeDataSet } from '#s57/writer/encode-data-set.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { createRandomAreas } from './random-areas.ts'
import { createRandomRecords, type RandomRecords } from './random-records.ts'
import { applyRecords, nameOf, type PlainCell, type PlainFeature, segmentsBetween, segmentsOf } from './record-model.ts'

// Random cells with random chains of updates, read by the reader and kept in a plain model beside it.

const NAME = 'XX5RANDM'
const CHAINS = 150
const AREA_CHAINS = 40
const UPDATES = 6

interface Chain {
  files: { name: string; bytes: Uint8Array }[]
  /** What the model has after all updates. */
  cell: PlainCell
}

function chainOf(seed: number): Chain {
  const nationalLevel = ([0, 1, 2] as const)[seed % 3]!
  return writeChain(createRandomRecords(seed, nationalLevel), nationalLevel)
}

function writeChain(records: RandomRecords, nationalLevel: 0 | 1 | 2): Chain {
  const cell: PlainCell = { vectors: new Map(), features: new Map() }
  const files = Array.from({ length: UPDATES + 1 }, (_, updateNumber) => {
    const given = updateNumber === 0 ? records.base() : records.update(cell)
    applyRecords(cell, given)
    const spec = { name: NAME, updateNumber, nationalLevel, producer: 550 }
    const bytes = encodeDataSet(updateNumber === 0 ? 'base' : 'update', spec, given)
    return { name: `${NAME}.${String(updateNumber).padStart(3, '0')}`, bytes }
  })
  return { files, cell }
}

const decoder = createAttributeDecoder()

function attributesOf(list: AttributeList | null): Record<string, string> {
  const found: Record<string, string> = {}
  decoder.decode(list, (code, value) => {
    found[ATTRIBUTES.get(code)?.acronym ?? `${code}`] = value
  })
  return found
}

/** A spatial record of the reader in the form of the model, positions in whole units. */
function plainVector({ kind, id, version, attributes, coordinates, depths, pointers }: VectorRecord) {
  const rows = (list: typeof coordinates, width: number) =>
    Array.from({ length: list?.count ?? 0 }, (_, i) => ({ view: list!.view, at: list!.start + i * width }))
  return {
    ...{ kind, id, version, attributes: attributesOf(attributes) },
    coordinates: rows(coordinates, depths ? 12 : 8).map(({ view, at }) => [
      ...[view.getInt32(at + 4, true), view.getInt32(at, true)],
      ...(depths ? [view.getInt32(at + 8, true)] : []),
    ]),
    pointers: rows(pointers, VRPT_WIDTH).map(({ view, at }) => ({
      ...{ kind: view.getUint8(at), id: view.getUint32(at + 1, true), topology: view.getUint8(at + 7) },
    })),
  }
}

/** The records of the reader after all updates. */
function storeOf([base, ...updates]: Chain['files']): CellStore {
  const warnings = createWarningList()
  const budget = createWorkBudget(1e9, () => new Error('the budget is used up'))
  const store = createCellStore(readFile(base!, warnings), warnings)
  for (const update of updates) applyUpdate(store, readFile(update, warnings), { decoder, budget, warnings })
  assert.deepEqual(warnings.list(), [])
  return store
}

function assertSameVectors({ files, cell }: Chain): void {
  const found = new Map<string, unknown>()
  for (const records of storeOf(files).vectors.values()) {
    records.forEach((record) => void found.set(nameOf(record), plainVector(record)))
  }
  const units = (position: readonly number[]) => position.map((value, i) => Math.round(value * (i < 2 ? 1e7 : 10)))
  const expected = new Map(
    [...cell.vectors].map(([name, vector]) => [name, { ...vector, coordinates: vector.coordinates.map(units) }]),
  )
  assert.deepEqual(new Map([...found].sort()), new Map([...expected].sort()))
}

/** The geometry of a point: its positions in order. That of a line or area: its segments in any order. */
function shapeInModel(cell: PlainCell, feature: PlainFeature): unknown {
  if (feature.primitive === 2 || feature.primitive === 3) return segmentsOf(cell, feature)
  return feature.spatial.flatMap((pointer) => cell.vectors.get(nameOf(pointer))?.coordinates ?? [])
}

/** The same of a geometry of the reader. */
function shapeOf(geometry: Geometry | null): unknown {
  switch (geometry?.type) {
    case undefined:
      return []
    case 'Point':
      return [geometry.coordinates]
    case 'MultiPoint':
      return geometry.coordinates
    case 'LineString':
      return segmentsBetween(geometry.coordinates).sort()
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flatMap(segmentsBetween).sort()
    case 'MultiPolygon':
      return geometry.coordinates.flat().flatMap(segmentsBetween).sort()
  }
}

function assertSameFeatures({ files: [base, ...updates], cell }: Chain): void {
  const read = readCell(base!, updates)
  const ids: number[] = []
  for (const feature of read.features()) {
    const expected = cell.features.get(feature.recordId)
    assert.ok(expected, `feature ${feature.recordId} is not in the model`)
    ids.push(feature.recordId)
    assert.deepEqual(
      {
        objectClass: feature.acronym,
        attributes: Object.fromEntries(feature.attributes),
        nationalAttributes: Object.fromEntries(feature.nationalAttributes),
        references: feature.references,
        shape: shapeOf(geoJsonOf(feature)),
      },
      {
        objectClass: expected.objectClass,
        attributes: expected.attributes,
        nationalAttributes: expected.nationalAttributes,
        references: expected.references,
        shape: shapeInModel(cell, expected),
      },
      `feature ${feature.recordId}`,
    )
  }
  assert.deepEqual(ids.sort(), [...cell.features.keys()].sort())
}

describe('random chains of updates leave what a plain model of the records has', () => {
  const chains = Array.from({ length: CHAINS }, (_, seed) => chainOf(seed + 1))

  test('of nodes and edges: coordinates, pointers and attributes', () => {
    for (const chain of chains) assertSameVectors(chain)
  })

  test('of features: attributes in both languages, pointers and geometry', () => {
    for (const chain of chains) assertSameFeatures(chain)
  })

  test('of areas that share edges: rings with their holes', () => {
    const areas = Array.from({ length: AREA_CHAINS }, (_, seed) => writeChain(createRandomAreas(NAME, seed + 1), 1))
    for (const chain of areas) {
      assertSameVectors(chain)
      assertSameFeatures(chain)
    }
  })

  test('which have every kind of edit in them', () => {
    const kinds = new Map<string, number>()
    for (let seed = 1; seed <= CHAINS; seed++) {
      const records = createRandomRecords(seed, 1)
      const cell: PlainCell = { vectors: new Map(), features: new Map() }
      applyRecords(cell, records.base())
      const { vectors, features } = records.update(cell)
      const count = (what: string, instruction: number | undefined) => {
        if (instruction !== undefined) kinds.set(`${what} ${instruction}`, (kinds.get(`${what} ${instruction}`) ?? 0) + 1)
      }
      for (const { instruction = 1, coordinateEdit, pointerEdit } of vectors) {
        count('VRID', instruction)
        count('SGCC', coordinateEdit?.instruction)
        count('VRPC', pointerEdit?.instruction)
      }
      for (const { instruction = 1, spatialEdit, referenceEdit } of features) {
        count('FRID', instruction)
        count('FSPC', spatialEdit?.instruction)
        count('FFPC', referenceEdit?.instruction)
      }
    }
    const expected = ['VRID', 'SGCC', 'FRID', 'FSPC', 'FFPC'].flatMap((field) => [1, 2, 3].map((each) => `${field} ${each}`))
    for (const kind of [...expected, 'VRPC 3']) assert.ok((kinds.get(kind) ?? 0) > 20, `${kind}: ${kinds.get(kind)}`)
  })
})
