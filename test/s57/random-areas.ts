import type { Position } from '#s57/geometry.ts'
import type { DataSetRecords, FeatureRecordSpec, VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { layOutFeatures } from '#s57/writer/lay-out-features.ts'
import { inventedCellSpec, seededRandom } from './invented-cells.ts'
import type { PlainCell, PlainFeature, PlainVector } from './record-model.ts'

/** Holes that updates add have their node and edge under these numbers. */
const FIRST_HOLE = 50_000

/** Depth areas that share edges, and updates that move nodes and edges and add and remove holes: rings stay closed, whatever changes. */
export function createRandomAreas(name: string, seed: number) {
  const random = seededRandom(seed)
  const below = (most: number): number => Math.floor(random() * most)
  const position = (): Position => [(-400_000_000 + below(200_000)) / 1e7, (500_000_000 + below(200_000)) / 1e7]
  let hole = FIRST_HOLE

  function changeVector({ kind, id, version, coordinates }: PlainVector): VectorRecordSpec {
    const change = { kind, id, instruction: 3, version: version + 1 } as const
    if (kind !== 130) return { ...change, coordinates: [position()], coordinateEdit: { instruction: 3, index: 1, count: 1 } }
    const instruction = ([1, 2, 3] as const)[below(3)]!
    if (instruction === 1 || coordinates.length < 3) {
      const index = 1 + below(coordinates.length + 1)
      return { ...change, coordinates: [position(), position()], coordinateEdit: { instruction: 1, index, count: 2 } }
    }
    // Two are left, so that an edge from a node to itself remains a ring.
    const count = 1 + below(coordinates.length - 2)
    const index = 1 + below(coordinates.length - count + 1)
    const given = instruction === 3 ? Array.from({ length: count }, position) : []
    return { ...change, coordinates: given, coordinateEdit: { instruction, index, count } }
  }

  function changeArea(area: PlainFeature, vectors: VectorRecordSpec[]): FeatureRecordSpec {
    const { id, primitive, objectClass, version, spatial } = area
    const change = { id, primitive, objectClass, instruction: 3, version: version + 1 } as const
    const last = spatial.at(-1)
    if (last !== undefined && last.id >= FIRST_HOLE && random() < 0.5) {
      return { ...change, spatialEdit: { instruction: 2, index: spatial.length, count: 1 } }
    }
    hole++
    vectors.push({ kind: 120, id: hole, coordinates: [position()] })
    const ends = [1, 2].map((topology) => ({ kind: 120, id: hole, topology }))
    vectors.push({ kind: 130, id: hole, coordinates: [position(), position(), position()], pointers: ends })
    const pointer = { kind: 130, id: hole, orientation: 1 + below(2), usage: 2 }
    return { ...change, spatial: [pointer], spatialEdit: { instruction: 1, index: spatial.length + 1, count: 1 } }
  }

  return {
    base(): DataSetRecords {
      const spec = inventedCellSpec({ name, seed, squares: 2, vertices: 4 })
      const areas = spec.features.filter(({ objectClass }) => objectClass === 'DEPARE' || objectClass === 'LNDARE')
      return layOutFeatures({ name, producer: 550 }, areas)
    },
    update(cell: PlainCell): DataSetRecords {
      const vectors = [...cell.vectors.values()].filter(() => random() < 0.4).map(changeVector)
      const areas = [...cell.features.values()].filter(() => random() < 0.4)
      const features = areas.map((area) => changeArea(area, vectors))
      return { vectors, features }
    },
  }
}
