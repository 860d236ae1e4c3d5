import type { Position } from '#s57/geometry.ts'
import type {
  AttributeSpec,
  DataSetRecords,
  FeatureRecordSpec,
  ListEditSpec,
  SpatialPointerSpec,
  VectorRecordSpec,
} from '#s57/writer/cell-spec.ts'
import { seededRandom } from './invented-cells.ts'
import { DELETED, nameOf, type PlainCell, type PlainFeature, type PlainVector } from './record-model.ts'

/** Random records of a cell, and random changes of them. */
export interface RandomRecords {
  /** The records of a base. */
  base(): DataSetRecords
  /** Changes of every kind: records inserted, deleted and inserted again, lists edited by place, attributes set and deleted. */
  update(cell: PlainCell): DataSetRecords
}

const CLASSES = { 1: ['BOYLAT', 'LIGHTS', 'SOUNDG'], 2: ['COALNE', 'DEPCNT', 'CBLSUB'], 255: ['C_AGGR', 'C_ASSO'] } as const
const ATTRIBUTES = ['OBJNAM', 'INFORM', 'SORIND', 'TXTDSC', 'PICREP']
const NATIONAL = ['NOBJNM', 'NINFOM', 'NTXTDS']
/** RVER starts again after this. */
const LAST_VERSION = 65_535

export function createRandomRecords(seed: number, nationalLevel: 0 | 1 | 2): RandomRecords {
  const random = seededRandom(seed)
  for (let i = 0; i < 10; i++) random()
  // The low bits of the generator repeat soon.
  const below = (most: number): number => Math.floor(random() * most)
  const chance = (share: number): boolean => random() < share
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
  const many = <T>(most: number, make: (i: number) => T): T[] => Array.from({ length: below(most + 1) }, (_, i) => make(i))
  const position = (): Position => [(-300_000_000 + below(100_000)) / 1e7, (400_000_000 + below(100_000)) / 1e7]
  const sounding = (): Position => [...position(), below(900) / 10]
  const ids = { 110: 0, 120: 0, 130: 0, feature: 0 }
  const version = (old: number): number => (old === LAST_VERSION ? 0 : old + 1)

  function text(level: 0 | 1 | 2): string {
    if (chance(0.1)) return ''
    const mark = level === 2 && chance(0.3) ? '\ufeff' : ''
    const last = level === 0 ? 0x7e : level === 1 ? 0xff : 0x4fff
    const character = (): string => {
      const code = 0x20 + below(last - 0x20)
      return String.fromCharCode(code === 0x7f ? 0x41 : code)
    }
    return mark + Array.from({ length: 1 + below(8) }, character).join('')
  }

  function attributes(names: readonly string[], level: 0 | 1 | 2, deletes: boolean): AttributeSpec {
    const chosen = names.filter(() => chance(0.4))
    return Object.fromEntries(chosen.map((name) => [name, deletes && chance(0.4) ? DELETED : text(level)]))
  }

  const vectorAttributes = (): AttributeSpec => (chance(0.5) ? { QUAPOS: String(1 + below(11)) } : {})

  function newVector(
    kind: 110 | 120 | 130,
    cell: PlainCell | null,
    nodes: readonly { kind: number; id: number }[],
  ): VectorRecordSpec {
    const id = ++ids[kind]
    const start = { version: chance(0.2) ? LAST_VERSION - below(3) : 1 + below(3) }
    const common = { kind, id, attributes: vectorAttributes(), ...(cell === null ? {} : start) }
    if (kind !== 130) {
      const isArray = kind === 110 && id % 2 === 0
      return { ...common, coordinates: isArray ? [sounding(), ...many(5, sounding)] : [position()] }
    }
    const pointers = [1, 2]
      .map((topology) => ({ ...oneOf(nodes), topology }))
      .map(({ kind, id, topology }) => ({ kind, id, topology }))
    return { ...common, coordinates: many(6, position), pointers: chance(0.9) ? pointers : pointers.toReversed() }
  }

  /** What a feature of a primitive may point to: its own kind of record, each at most once. */
  function pointers(
    primitive: number,
    vectors: readonly { kind: number; id: number }[],
    used: ReadonlySet<string>,
    most: number,
  ) {
    const wanted = vectors.filter((each) => (primitive === 2 ? each.kind === 130 : each.kind === 110) && !used.has(nameOf(each)))
    const found: SpatialPointerSpec[] = []
    while (found.length < most && wanted.length > 0) {
      const [{ kind, id }] = wanted.splice(below(wanted.length), 1) as [{ kind: number; id: number }]
      found.push({ kind, id, orientation: primitive === 2 ? 1 + below(2) : 255, usage: 255, mask: oneOf([1, 2, 255]) })
    }
    return found
  }

  const reference = (i: number) => {
    return {
      agency: 550,
      featureId: below(1e6),
      featureSubdivision: 1 + i,
      relation: 1 + below(3),
      comment: chance(0.2) ? 'with' : '',
    }
  }

  function newFeature(vectors: readonly { kind: number; id: number }[]): FeatureRecordSpec {
    const primitive = oneOf([1, 2, 2, 2, 255] as const)
    const spatial = primitive === 255 ? [] : pointers(primitive, vectors, new Set(), primitive === 1 ? 1 : 1 + below(4))
    return {
      id: ++ids.feature,
      primitive,
      objectClass: oneOf<string>(CLASSES[primitive]),
      version: chance(0.1) ? LAST_VERSION - below(3) : 1,
      attributes: attributes(ATTRIBUTES, 1, false),
      nationalAttributes: attributes(NATIONAL, nationalLevel, false),
      spatial,
      references: many(3, reference),
    }
  }

  /** A random edit of a list with `length` entries; `make` brings new ones. Null when nothing can be edited so. */
  function editOf<T>(length: number, make: (count: number) => T[]): { given: T[]; edit: ListEditSpec } | null {
    const instruction = oneOf([1, 2, 3] as const)
    if (instruction === 1) {
      const given = make(1 + below(3))
      return given.length === 0 ? null : { given, edit: { instruction, index: 1 + below(length + 1), count: given.length } }
    }
    if (length === 0) return null
    const index = 1 + below(length)
    const count = 1 + below(length - index + 1)
    if (instruction === 2) return { given: [], edit: { instruction, index, count } }
    const given = make(count)
    return given.length < count ? null : { given, edit: { instruction, index, count } }
  }

  function changeVector(vector: PlainVector, cell: PlainCell): VectorRecordSpec {
    const { kind, id } = vector
    const change: VectorRecordSpec = { kind, id, instruction: 3, version: version(vector.version) }
    if (chance(0.3)) change.attributes = chance(0.4) ? { QUAPOS: DELETED } : vectorAttributes()
    const isArray = vector.coordinates.some((each) => each.length > 2)
    if (kind === 130 || isArray) {
      const edited = editOf(vector.coordinates.length, (count) => Array.from({ length: count }, isArray ? sounding : position))
      // A record without coordinates no longer says whether they have depths.
      const isEmptied = edited?.edit.instruction === 2 && edited.edit.count === vector.coordinates.length
      if (edited !== null && !(isArray && isEmptied)) {
        change.coordinates = edited.given
        // Coordinates for a list that has none need no place.
        if (vector.coordinates.length > 0 || chance(0.5)) change.coordinateEdit = edited.edit
      }
    } else if (chance(0.8)) {
      Object.assign(change, { coordinates: [position()], coordinateEdit: { instruction: 3, index: 1, count: 1 } })
    }
    if (kind === 130 && chance(0.5)) {
      const nodes = [...cell.vectors.values()].filter((each) => each.kind === 120)
      const index = 1 + below(2)
      const { topology } = vector.pointers[index - 1]!
      const to = oneOf(nodes)
      Object.assign(change, {
        pointers: [{ kind: to.kind, id: to.id, topology }],
        pointerEdit: { instruction: 3, index, count: 1 },
      })
    }
    return change
  }

  function changeFeature(feature: PlainFeature, cell: PlainCell): FeatureRecordSpec {
    const { id, primitive, objectClass } = feature
    const change: FeatureRecordSpec = { id, primitive, objectClass, instruction: 3, version: version(feature.version) }
    if (chance(0.6)) change.attributes = attributes(ATTRIBUTES, 1, true)
    if (chance(0.6)) change.nationalAttributes = attributes(NATIONAL, nationalLevel, true)
    if (primitive === 2 && chance(0.6)) {
      const used = new Set(feature.spatial.map(nameOf))
      const edited = editOf(feature.spatial.length, (count) => pointers(2, [...cell.vectors.values()], used, count))
      if (edited !== null) Object.assign(change, { spatial: edited.given, spatialEdit: edited.edit })
    } else if (primitive === 1 && feature.spatial.length === 1) {
      const spatial = pointers(1, [...cell.vectors.values()], new Set(), 1)
      if (spatial.length === 1) Object.assign(change, { spatial, spatialEdit: { instruction: 3, index: 1, count: 1 } })
    }
    if (chance(0.5)) {
      const edited = editOf(feature.references.length, (count) => Array.from({ length: count }, (_, i) => reference(i)))
      if (edited !== null) Object.assign(change, { references: edited.given, referenceEdit: edited.edit })
    }
    return change
  }

  return {
    base() {
      const nodes = [...Array.from({ length: 4 }, () => newVector(120, null, [])), ...many(6, () => newVector(120, null, []))]
      const points = Array.from({ length: 6 }, () => newVector(110, null, []))
      const edges = [newVector(130, null, nodes), ...many(8, () => newVector(130, null, nodes))]
      const vectors = [...points, ...nodes, ...edges]
      return { vectors, features: Array.from({ length: 8 }, () => newFeature(vectors)) }
    },
    update(cell) {
      const inUse = new Set<string>()
      for (const { spatial } of cell.features.values()) for (const each of spatial) inUse.add(nameOf(each))
      for (const { pointers: ends } of cell.vectors.values()) for (const each of ends) inUse.add(nameOf(each))
      const nodes = [...cell.vectors.values()].filter(({ kind }) => kind === 120)
      const vectors: VectorRecordSpec[] = []
      for (const vector of cell.vectors.values()) {
        const { kind, id } = vector
        if (!inUse.has(nameOf(vector)) && kind !== 120 && chance(0.2))
          vectors.push({ kind, id, instruction: 2, version: version(vector.version) })
        else if (chance(0.4)) vectors.push(changeVector(vector, cell))
      }
      const added = [...many(2, () => newVector(130, cell, nodes)), ...many(2, () => newVector(110, cell, []))]
      vectors.push(...added)
      const gone = new Set(vectors.filter(({ instruction }) => instruction === 2).map(nameOf))
      const left: PlainCell = { ...cell, vectors: new Map([...cell.vectors].filter(([name]) => !gone.has(name))) }
      const features: FeatureRecordSpec[] = []
      for (const feature of cell.features.values()) {
        const { id, primitive, objectClass } = feature
        if (chance(0.1)) {
          features.push({ id, primitive, objectClass, instruction: 2, version: version(feature.version) })
          // The same number for a new object, as some producers have it.
          if (chance(0.3)) features.push({ ...newFeature([...left.vectors.values()]), id, objectClass, primitive, spatial: [] })
        } else if (chance(0.6)) features.push(changeFeature(feature, left))
      }
      features.push(...many(2, () => newFeature([...left.vectors.values(), ...added])))
      return { vectors, features }
    },
  }
}
