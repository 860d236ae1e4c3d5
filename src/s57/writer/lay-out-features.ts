import type { Geometry, Position } from '../geometry.ts'
import { buildTopology, type Path, type PathEdge } from './build-topology.ts'
import type {
  AttributeSpec,
  CellSpec,
  DataSetRecords,
  FeaturePointerSpec,
  FeatureRecordSpec,
  FeatureSpec,
  SpatialPointerSpec,
  VectorRecordSpec,
} from './cell-spec.ts'

/**
 * Converts features with geometry to records: isolated nodes, connected nodes, edges, features. Records of each kind are numbered
 * from `firstId` in the order of the features, so equal features get equal numbers. Point features at one position share a node.
 * Exterior boundaries run clockwise, interior ones counter-clockwise (S-57 part 3, clause 4.7.3).
 */
export function layOutFeatures(spec: Omit<CellSpec, 'features'>, features: readonly FeatureSpec[], firstId = 1): DataSetRecords {
  const paths: Path[] = []
  const ranges = features.map((feature) => {
    const own = pathsOf(feature.geometry ?? null)
    const start = paths.length
    paths.push(...own.map(({ path }) => ({ ...path, attributes: feature.edgeAttributes })))
    return own.map(({ usage }, i) => ({ usage, path: start + i }))
  })
  const topology = buildTopology(paths, {
    coordinateFactor: spec.coordinateFactor ?? 10_000_000,
    dataLimit: spec.dataLimit,
    firstId,
  })
  const isolated: VectorRecordSpec[] = []
  const points = new Map<string, SpatialPointerSpec>()

  const pointAt = (positions: readonly Position[], attributes?: AttributeSpec): SpatialPointerSpec => {
    const plain = positions.length === 1 && positions[0]!.length === 2 && attributes === undefined
    const connected = plain ? topology.nodeAt(positions[0]!) : null
    if (connected !== null) return { kind: 120, id: connected }
    const key = `${positions.join(' ')} ${JSON.stringify(attributes)}`
    let pointer = points.get(key)
    if (pointer === undefined) {
      pointer = { kind: 110, id: firstId + isolated.length }
      points.set(key, pointer)
      isolated.push({
        ...{ kind: 110, id: pointer.id, coordinates: positions },
        ...(attributes === undefined ? {} : { attributes }),
      })
    }
    return pointer
  }

  const identities = new Map<string, Omit<FeaturePointerSpec, 'relation'>>()
  for (const [i, feature] of features.entries())
    if (feature.key !== undefined) identities.set(feature.key, identityOf(feature, i))

  function identityOf(feature: FeatureSpec, i: number): Omit<FeaturePointerSpec, 'relation'> {
    return {
      agency: feature.agency ?? spec.producer ?? 65_535,
      featureId: feature.featureId ?? feature.recordId ?? firstId + i,
      featureSubdivision: feature.featureSubdivision ?? 1,
    }
  }

  const records = features.map((feature, i): FeatureRecordSpec => {
    const geometry = feature.geometry ?? null
    const references = feature.references?.map(({ key, relation, comment }) => {
      const to = identities.get(key)
      if (to === undefined) throw new Error(`no feature of the cell has the key ${key}`)
      return { ...to, relation, ...(comment === undefined ? {} : { comment }) }
    })
    let spatial: SpatialPointerSpec[] = []
    if (geometry?.type === 'Point') spatial = [pointAt([geometry.coordinates], feature.nodeAttributes)]
    else if (geometry?.type === 'MultiPoint') spatial = [pointAt(geometry.coordinates, feature.nodeAttributes)]
    else
      spatial = ranges[i]!.flatMap(({ usage, path }) =>
        topology.paths[path]!.map((edge) => edgePointer(edge, usage, feature.masked ?? false)),
      )
    return {
      id: feature.recordId ?? firstId + i,
      primitive: primitiveOf(geometry),
      objectClass: feature.objectClass,
      ...identityOf(feature, i),
      ...(feature.attributes === undefined ? {} : { attributes: feature.attributes }),
      ...(feature.nationalAttributes === undefined ? {} : { nationalAttributes: feature.nationalAttributes }),
      ...(references === undefined ? {} : { references }),
      spatial,
    }
  })
  return { vectors: [...isolated, ...topology.vectors], features: records }
}

function edgePointer({ id, forward, onLimit }: PathEdge, usage: 1 | 2 | 255, masked: boolean): SpatialPointerSpec {
  // USAG 3 already suppresses lines truncated by the data limit, so their MASK stays 255.
  const cut = onLimit && usage === 1
  return {
    kind: 130,
    id,
    orientation: forward ? 1 : 2,
    usage: cut ? 3 : usage,
    mask: cut || usage === 255 ? 255 : masked ? 1 : 2,
  }
}

function primitiveOf(geometry: Geometry | null): 1 | 2 | 3 | 255 {
  switch (geometry?.type) {
    case undefined:
      return 255
    case 'Point':
    case 'MultiPoint':
      return 1
    case 'LineString':
    case 'MultiLineString':
      return 2
    case 'Polygon':
    case 'MultiPolygon':
      return 3
  }
}

function pathsOf(geometry: Geometry | null): { path: Path; usage: 1 | 2 | 255 }[] {
  const line = (positions: readonly Position[]) => ({ path: { positions, closed: false }, usage: 255 as const })
  const polygon = (rings: readonly (readonly Position[])[]) =>
    rings.map((ring, i) => ({
      path: { positions: wound(ring, i === 0), closed: true },
      usage: i === 0 ? (1 as const) : (2 as const),
    }))
  switch (geometry?.type) {
    case 'LineString':
      return [line(geometry.coordinates)]
    case 'MultiLineString':
      return geometry.coordinates.map(line)
    case 'Polygon':
      return polygon(geometry.coordinates)
    case 'MultiPolygon':
      return geometry.coordinates.flatMap(polygon)
    default:
      return []
  }
}

/** Returns the ring in the requested direction. */
function wound(ring: readonly Position[], clockwise: boolean): readonly Position[] {
  let area = 0
  for (const [i, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length]!
    area += x * nextY - nextX * y
  }
  return area < 0 === clockwise ? ring : ring.toReversed()
}
