import type { VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { layOutFeatures } from '#s57/writer/lay-out-features.ts'
import { createCurveSets } from './curve-sets.ts'
import type {
  DatasetRecordsSpec,
  DatasetSpec,
  FeatureRecordSpec,
  LinkSpec,
  MemberSpec,
  SpatialRecordSpec,
} from './dataset-spec.ts'

/** Any class of S-57: only the geometry of the layout counts. */
const ANY_CLASS = 'DEPARE'
/** Attribute that carries the number of a quality through the layout (QUAPOS). */
const QUALITY = 'QUAPOS'

/**
 * Converts features with geometry to records: the topology is that of the S-57 writer, with edges as curves that repeat their end
 * points, and rings and lines of several curves as composite curves.
 */
export function layOutDataset(spec: DatasetSpec): DatasetRecordsSpec {
  const { information = [], features, dataLimit, ...header } = spec
  const numbers = new Map(information.map(({ key }, i) => [key, i + 1]))
  const numberOf = (key: string): number => {
    const number = numbers.get(key)
    if (number === undefined) throw new Error(`the dataset has no information type with the key ${key}`)
    return number
  }
  const laidOut = layOutFeatures(
    { name: spec.name, coordinateFactor: spec.coordinateFactor ?? 10_000_000, ...(dataLimit === undefined ? {} : { dataLimit }) },
    features.map(({ geometry, masked, quality }) => {
      const attributes = quality === undefined ? undefined : { [QUALITY]: numberOf(quality) }
      return {
        ...{ objectClass: ANY_CLASS, geometry: geometry ?? null, masked: masked ?? false },
        ...(attributes === undefined ? {} : { nodeAttributes: attributes, edgeAttributes: attributes }),
      }
    }),
  )
  const { spatial, pointNumber, curveOf } = toSpatialRecords(laidOut.vectors)
  const sets = createCurveSets(curveOf)
  const ids = new Map(features.flatMap(({ key }, i) => (key === undefined ? [] : [[key, i + 1] as const])))
  const records = features.map((feature, i): FeatureRecordSpec => {
    const { type, attributes, agency, featureId, featureSubdivision } = feature
    const found = laidOut.features[i]!
    const pointers = found.spatial ?? []
    const own: MemberSpec[] =
      found.primitive === 1
        ? pointers.map(({ kind, id }) => pointNumber(kind, id))
        : found.primitive === 2
          ? sets.lines(pointers)
          : found.primitive === 3
            ? [{ kind: 130, id: sets.surface(pointers) }]
            : []
    const hidden = pointers.filter(({ usage, mask }) => usage === 3 || mask === 1)
    const masks = hidden.map(({ id, usage }) => ({ kind: 120, id, how: usage === 3 ? (1 as const) : (2 as const) }))
    const links = feature.information?.map(({ key, ...rest }): LinkSpec => ({ id: numberOf(key), ...rest }))
    const associations = feature.associations?.map(({ key, ...rest }): LinkSpec => {
      const id = ids.get(key)
      if (id === undefined) throw new Error(`the dataset has no feature with the key ${key}`)
      return { id, ...rest }
    })
    return {
      ...{ id: i + 1, type, spatial: own, masks },
      ...(attributes === undefined ? {} : { attributes }),
      ...(agency === undefined ? {} : { agency }),
      ...(featureId === undefined ? {} : { featureId }),
      ...(featureSubdivision === undefined ? {} : { featureSubdivision }),
      ...(links === undefined ? {} : { information: links }),
      ...(associations === undefined ? {} : { associations }),
    }
  })
  return {
    ...header,
    information: information.map(({ key, ...rest }) => ({ id: numberOf(key), ...rest })),
    spatial: [...spatial, ...sets.records()],
    features: records,
  }
}

/** Nodes become points, sounding arrays multipoints, and edges curves. */
function toSpatialRecords(vectors: readonly VectorRecordSpec[]) {
  const numbers = new Map<string, MemberSpec>()
  const coordinates = new Map<number, readonly number[]>()
  const spatial: SpatialRecordSpec[] = []
  const curves = new Map<number, { begin: number; end: number }>()
  const next = { 110: 0, 115: 0 }
  const qualityOf = ({ attributes }: VectorRecordSpec): { information?: LinkSpec[] } => {
    const id = attributes?.[QUALITY]
    return id === undefined
      ? {}
      : { information: [{ id: Number(id), association: 'SpatialAssociation', role: 'theQualityInformation' }] }
  }
  for (const vector of vectors) {
    const positions = vector.coordinates ?? []
    if (vector.kind === 130) {
      const [begin, end] = vector.pointers!.map(({ id }) => numbers.get(`120 ${id}`)!.id) as [number, number]
      curves.set(vector.id, { begin, end })
      const all = [coordinates.get(begin)!, ...positions, coordinates.get(end)!]
      const endPoints =
        begin === end
          ? [{ id: begin, topology: 3 as const }]
          : [
              { id: begin, topology: 1 as const },
              { id: end, topology: 2 as const },
            ]
      spatial.push({ kind: 120, id: vector.id, coordinates: all.map((each) => [...each]), endPoints, ...qualityOf(vector) })
      continue
    }
    const kind = positions.length === 1 && positions[0]!.length === 2 ? 110 : 115
    const id = ++next[kind]
    numbers.set(`${vector.kind} ${vector.id}`, { kind, id })
    if (kind === 110) coordinates.set(id, positions[0]!)
    spatial.push({ kind, id, coordinates: positions, ...qualityOf(vector) })
  }
  return {
    spatial,
    pointNumber: (kind: number, id: number): MemberSpec => numbers.get(`${kind} ${id}`)!,
    curveOf: (id: number) => curves.get(id)!,
  }
}
