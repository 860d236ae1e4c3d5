import type { Position } from '#s57/geometry.ts'
import type {
  AttributeSpec,
  DataSetRecords,
  FeaturePointerSpec,
  FeatureRecordSpec,
  ListEditSpec,
  SpatialPointerSpec,
  VectorRecordSpec,
} from '#s57/writer/cell-spec.ts'

// The records of a cell and what updates do to them, as S-57 part 3, clause 8.4, says it: arrays and objects, a line for each rule. Slow
// and without any check, and it shares nothing with the reader.

/** The character that deletes an attribute. */
export const DELETED = '\x7f'

export interface PlainVector {
  kind: 110 | 120 | 130
  id: number
  version: number
  attributes: Record<string, string>
  coordinates: Position[]
  pointers: { kind: number; id: number; topology: number }[]
}

export interface PlainFeature {
  id: number
  primitive: 1 | 2 | 3 | 255
  objectClass: string
  version: number
  attributes: Record<string, string>
  nationalAttributes: Record<string, string>
  spatial: Required<SpatialPointerSpec>[]
  references: Required<FeaturePointerSpec>[]
}

/** The records by kind and number (vectors) and by number (features). */
export interface PlainCell {
  vectors: Map<string, PlainVector>
  features: Map<number, PlainFeature>
}

export const nameOf = ({ kind, id }: { kind: number; id: number }): string => `${kind} ${id}`

/** Applies the records of a base, or of an update, to the cell. */
export function applyRecords(cell: PlainCell, { vectors, features }: DataSetRecords): void {
  for (const given of vectors) {
    const name = nameOf(given)
    if (given.instruction === 2) cell.vectors.delete(name)
    else {
      const old = given.instruction === 3 ? cell.vectors.get(name) : undefined
      const attributes = editAttributes(old?.attributes, given.attributes)
      const coordinates = editList(old?.coordinates, given.coordinates, given.coordinateEdit)
      const pointers = editList(old?.pointers, given.pointers, given.pointerEdit)
      cell.vectors.set(name, { kind: given.kind, id: given.id, version: versionOf(given), attributes, coordinates, pointers })
    }
  }
  for (const given of features) {
    if (given.instruction === 2) cell.features.delete(given.id)
    else {
      const old = given.instruction === 3 ? cell.features.get(given.id) : undefined
      cell.features.set(given.id, {
        id: given.id,
        primitive: given.primitive,
        objectClass: String(given.objectClass),
        version: versionOf(given),
        attributes: editAttributes(old?.attributes, given.attributes),
        nationalAttributes: editAttributes(old?.nationalAttributes, given.nationalAttributes),
        spatial: editList(old?.spatial, given.spatial?.map(wholePointer), given.spatialEdit),
        references: editList(old?.references, given.references?.map(wholeReference), given.referenceEdit),
      })
    }
  }
}

function versionOf({ version, instruction }: VectorRecordSpec | FeatureRecordSpec): number {
  return version ?? (instruction === 3 ? 2 : 1)
}

function editAttributes(old: Record<string, string> = {}, given: AttributeSpec = {}): Record<string, string> {
  const result = { ...old }
  for (const [acronym, value] of Object.entries(given)) {
    if (value === DELETED) delete result[acronym]
    // A mark of the byte order before a text in UCS-2 is none of its characters.
    else result[acronym] = String(value).replace(/^\ufeff/, '')
  }
  return result
}

function editList<T>(old: readonly T[] = [], given: readonly T[] = [], edit?: ListEditSpec): T[] {
  if (edit === undefined) return [...old, ...given]
  const result = [...old]
  const removed = edit.instruction === 1 ? 0 : edit.count
  const added = edit.instruction === 2 ? [] : given
  result.splice(edit.index - 1, removed, ...added)
  return result
}

function wholePointer(pointer: SpatialPointerSpec): Required<SpatialPointerSpec> {
  return { orientation: 255, usage: 255, mask: 255, ...pointer }
}

function wholeReference(reference: FeaturePointerSpec): Required<FeaturePointerSpec> {
  return { comment: '', ...reference }
}

/** The segments of a line feature, each as its two positions in some order, sorted: the edges with their nodes, one by one. */
export function segmentsOf(cell: PlainCell, feature: PlainFeature): string[] {
  return feature.spatial
    .flatMap((pointer) => {
      const edge = cell.vectors.get(nameOf(pointer))
      if (edge === undefined) return []
      const node = (topology: number) => {
        const to = edge.pointers.find((each) => each.topology === topology)
        return to === undefined ? [] : (cell.vectors.get(nameOf(to))?.coordinates ?? [])
      }
      return segmentsBetween([...node(1), ...edge.coordinates, ...node(2)])
    })
    .sort()
}

/** The segments of a line, without those from a position to itself. */
export function segmentsBetween(positions: readonly Position[]): string[] {
  const places = positions.map(([x = 0, y = 0]) => `${x.toFixed(7)} ${y.toFixed(7)}`)
  return places.slice(1).flatMap((place, i) => (place === places[i] ? [] : [[places[i], place].sort().join(' to ')]))
}
