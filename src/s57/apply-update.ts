import { type AttributeDecoder, editAttributes } from './attributes.ts'
import type { CellStore } from './cell-store.ts'
import { checkSameObject } from './check-same-object.ts'
import { editRows, type ListEditContext } from './edit-list.ts'
import { editReferences } from './edit-references.ts'
import { mergeSoundings } from './merge-soundings.ts'
import type { DataSet } from './read-file.ts'
import type { RecordTable } from './record-table.ts'
import {
  CONNECTED_NODE,
  DELETE,
  EDGE,
  type FeatureRecord,
  FSPT_WIDTH,
  INSERT,
  ISOLATED_NODE,
  MODIFY,
  type Rows,
  SG2D_WIDTH,
  SG3D_WIDTH,
  type VectorRecord,
  VRPT_WIDTH,
  vectorName,
} from './records.ts'
import { S57Error } from './s57-error.ts'
import type { WarningList } from './warning-list.ts'
import type { WorkBudget } from './work-budget.ts'

/** PRIM of a point. */
const POINT = 1

/** What applying updates needs besides the records. */
export interface UpdateTools {
  decoder: AttributeDecoder
  budget: WorkBudget
  warnings: WarningList
}

interface Context extends UpdateTools {
  /** Name of the update, for messages. */
  file: string
}

/**
 * Applies the records of one update to the cell (S-57 part 3, clause 8.4). Throws S57Error for a change to a record that is missing,
 * has another version or is another object, and for an edit beyond the end of a list, because applying these would draw lines where
 * nothing was surveyed. Deleting a missing record or inserting an existing one only warns. The bytes of copied lists are charged to
 * the budget.
 */
export function applyUpdate(store: CellStore, update: DataSet, tools: UpdateTools): void {
  const context = { ...tools, file: update.file }
  const { warnings } = tools
  for (const record of update.vectors) {
    const name = vectorName(record.kind, record.id)
    const records = store.vectors.get(record.kind)
    if (records === undefined) {
      warnings.add(`${update.file}: skipped ${name}; S-57 has no such kind`)
      continue
    }
    const target = applyRecord(records, record, { file: update.file, name, field: 'VRID' }, warnings)
    if (target !== null) editVector(target, record, context)
  }
  for (const record of update.features) {
    const name = `feature ${record.id}`
    const current = store.features.get(record.id)
    if (current !== undefined) checkSameObject(current, record, update.file)
    const target = applyRecord(store.features, record, { file: update.file, name, field: 'FRID' }, warnings)
    if (target !== null) editFeature(target, record, context)
  }
}

/** Inserts or deletes a record, or returns the record to modify. */
function applyRecord<R extends { id: number; version: number; instruction: number }>(
  records: Pick<RecordTable<R>, 'get' | 'set' | 'delete'> | Map<number, R>,
  record: R,
  place: { file: string; name: string; field: string },
  warnings: WarningList,
): R | null {
  const { file, name, field } = place
  const target = records.get(record.id)
  switch (record.instruction) {
    case INSERT:
      if (target !== undefined) warnings.add(`${file} inserts ${name}, which the cell already has; replaced it`)
      records.set(record.id, record)
      return null
    case DELETE:
      if (target === undefined) warnings.add(`${file} deletes ${name}, which the cell does not have`)
      else if (!follows(target, record)) {
        warnings.add(
          `${file} deletes version ${record.version} of ${name}; deleted version ${target.version}, which the cell has`,
        )
      }
      records.delete(record.id)
      return null
    case MODIFY:
      if (target === undefined)
        throw new S57Error({ file, record: name, field }, 'the update changes a record that the cell does not have')
      if (!follows(target, record)) {
        const message = `the update makes version ${record.version} of a record that has version ${target.version} in the cell`
        throw new S57Error({ file, record: name, field }, message)
      }
      target.version = record.version
      return target
    default:
      throw new S57Error(
        { file, record: name, field },
        `the update instruction RUIN is ${record.instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`,
      )
  }
}

/** RVER increases by one with each change, and starts again after 65,535. */
function follows(target: { version: number }, record: { version: number }): boolean {
  return record.version === ((target.version + 1) & 0xffff)
}

function editVector(target: VectorRecord, record: VectorRecord, { file, decoder, budget, warnings }: Context): void {
  const name = vectorName(target.kind, target.id)
  if (record.attributes !== null) target.attributes = editAttributes(target.attributes, record.attributes, decoder)
  const pointerList = { file, record: name, field: 'VRPT', budget, warnings }
  let pointerEdit = record.pointerEdit
  if (pointerEdit === null && target.kind === EDGE && haveBoth(target.pointers, record.pointers, 2)) {
    pointerEdit = { instruction: MODIFY, index: 1, count: 2 }
    warnings.add(`${file}, ${name}: no VRPC gives the place of its VRPT; replaced the two ends that an edge has`)
  }
  target.pointers = editRows(target.pointers, record.pointers, pointerEdit, VRPT_WIDTH, pointerList)
  const hasCoordinates = target.coordinates !== null && target.coordinates.count > 0
  if (record.coordinates !== null && hasCoordinates && record.depths !== target.depths) {
    const message = 'the update mixes coordinates with and without depth'
    throw new S57Error({ file, record: name, field: record.depths ? 'SG3D' : 'SG2D' }, message)
  }
  const depths = hasCoordinates || record.coordinates === null ? target.depths : record.depths
  const coordinateList = { file, record: name, field: depths ? 'SG3D' : 'SG2D', budget, warnings }
  const width = depths ? SG3D_WIDTH : SG2D_WIDTH
  target.depths = depths
  let edit = record.coordinateEdit
  if (
    edit === null &&
    depths &&
    hasCoordinates &&
    target.kind !== EDGE &&
    record.coordinates !== null &&
    record.coordinates.count > 0
  ) {
    addSoundings(target, record.coordinates, coordinateList)
    return
  }
  if (edit === null && !depths && movesNode(target, record)) {
    edit = { instruction: MODIFY, index: 1, count: 1 }
    warnings.add(`${file}, ${name}: no SGCC gives the place of its SG2D; replaced the one position that a node has`)
  }
  target.coordinates = editRows(target.coordinates, record.coordinates, edit, width, coordinateList)
}

/** Adds soundings that came without SGCC to those of a node. */
function addSoundings(target: VectorRecord, given: Rows, { file, record, field, budget, warnings }: ListEditContext): void {
  const { coordinates } = target
  if (coordinates === null) return
  budget.at({ record, field }).spend((coordinates.count + given.count) * SG3D_WIDTH)
  const merged = mergeSoundings(coordinates, given)
  const added = merged.count - coordinates.count
  warnings.add(
    `${file}, ${record}: no SGCC gives the place of its SG3D; replaced ${given.count - added} of the same position, added ${added}`,
  )
  target.coordinates = merged
}

/** Whether both hold the single position of a node: without SGCC, that of the update can only be the new one. */
function movesNode({ kind, coordinates }: VectorRecord, given: VectorRecord): boolean {
  return (kind === ISOLATED_NODE || kind === CONNECTED_NODE) && haveBoth(coordinates, given.coordinates, 1)
}

/** Whether the lists of the cell and of the update both have as many entries as there can ever be. */
function haveBoth(current: Rows | null, given: Rows | null, most: number): boolean {
  return current?.count === most && given?.count === most
}

function editFeature(target: FeatureRecord, record: FeatureRecord, { file, decoder, budget, warnings }: Context): void {
  const name = `feature ${target.id}`
  if (record.attributes !== null) target.attributes = editAttributes(target.attributes, record.attributes, decoder)
  if (record.nationalAttributes !== null) {
    target.nationalAttributes = editAttributes(target.nationalAttributes, record.nationalAttributes, decoder)
  }
  const spatialList = { file, record: name, field: 'FSPT', budget, warnings }
  let spatialEdit = record.spatialEdit
  if (spatialEdit === null && target.primitive === POINT && haveBoth(target.spatial, record.spatial, 1)) {
    spatialEdit = { instruction: MODIFY, index: 1, count: 1 }
    warnings.add(`${file}, ${name}: no FSPC gives the place of its FSPT; replaced the one node that a point has`)
  }
  target.spatial = editRows(target.spatial, record.spatial, spatialEdit, FSPT_WIDTH, spatialList)
  const referenceList = { file, record: name, field: 'FFPT', budget, warnings }
  target.references = editReferences(target.references, record.references, record.referenceEdit, referenceList)
}
