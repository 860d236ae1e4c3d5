import { type AttributeDecoder, editAttributes } from './attributes.ts'
import type { FeatureReference } from './cell.ts'
import type { CellStore } from './cell-store.ts'
import type { DataSet } from './read-file.ts'
import type { RecordTable } from './record-table.ts'
import {
  DELETE,
  type FeatureRecord,
  FSPT_WIDTH,
  INSERT,
  type ListEdit,
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

/** What a pointer to a feature takes in a file, for the budget. */
const FFPT_SIZE = 10

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
 * Applies the records of one update to the cell (S-57 part 3, clause 8.4). A change to a record that is missing or has
 * another version, and an edit beyond the end of a list, throw S57Error: going on would move lines to where nothing was
 * surveyed. Deleting what is already gone, or inserting what is already there, only warns. Every list that is copied is taken
 * off the budget, in bytes.
 */
export function applyUpdate(store: CellStore, update: DataSet, tools: UpdateTools): void {
  const context = { ...tools, file: update.file }
  const { warnings } = tools
  for (const record of update.vectors) {
    const name = vectorName(record.kind, record.id)
    const records = store.vectors.get(record.kind)
    if (records === undefined) {
      warnings.add(`${update.file}: ${name} was skipped, S-57 has no such kind`)
      continue
    }
    const target = applyRecord(records, record, { file: update.file, name, field: 'VRID' }, warnings)
    if (target !== null) editVector(target, record, context)
  }
  for (const record of update.features) {
    const name = `feature ${record.id}`
    const target = applyRecord(store.features, record, { file: update.file, name, field: 'FRID' }, warnings)
    if (target !== null) editFeature(target, record, context)
  }
}

/** Inserts or deletes; returns the record to be modified when that is what the update asks for. */
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
      if (target !== undefined) warnings.add(`${file} inserts ${name}, which the cell already has; it was replaced`)
      records.set(record.id, record)
      return null
    case DELETE:
      if (target === undefined) warnings.add(`${file} deletes ${name}, which the cell does not have`)
      else if (!follows(target, record)) {
        warnings.add(
          `${file} deletes ${name} as version ${record.version} but the cell has version ${target.version}; it was deleted`,
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

/** RVER counts the changes of a record by one, starting again after 65,535. */
function follows(target: { version: number }, record: { version: number }): boolean {
  return record.version === ((target.version + 1) & 0xffff)
}

function editVector(target: VectorRecord, record: VectorRecord, context: Context): void {
  const { decoder } = context
  const name = vectorName(target.kind, target.id)
  if (record.attributes !== null) target.attributes = editAttributes(target.attributes, record.attributes, decoder)
  target.pointers = editRows(target.pointers, record.pointers, record.pointerEdit, VRPT_WIDTH, { name, tag: 'VRPT' }, context)
  if (record.coordinates !== null && target.coordinates !== null && record.depths !== target.depths) {
    const message = 'the update mixes coordinates with and without depth'
    throw new S57Error({ file: context.file, record: name, field: record.depths ? 'SG3D' : 'SG2D' }, message)
  }
  const depths = target.coordinates === null ? record.depths : target.depths
  const width = depths ? SG3D_WIDTH : SG2D_WIDTH
  const place = { name, tag: depths ? 'SG3D' : 'SG2D' }
  target.coordinates = editRows(target.coordinates, record.coordinates, record.coordinateEdit, width, place, context)
  target.depths = depths
}

function editFeature(target: FeatureRecord, record: FeatureRecord, context: Context): void {
  const { decoder } = context
  const name = `feature ${target.id}`
  if (record.objectClass !== target.objectClass) {
    context.warnings.add(
      `${context.file} changes ${name} as if its class were ${record.objectClass}; it stays ${target.objectClass}`,
    )
  }
  if (record.attributes !== null) target.attributes = editAttributes(target.attributes, record.attributes, decoder)
  if (record.nationalAttributes !== null) {
    target.nationalAttributes = editAttributes(target.nationalAttributes, record.nationalAttributes, decoder)
  }
  target.spatial = editRows(target.spatial, record.spatial, record.spatialEdit, FSPT_WIDTH, { name, tag: 'FSPT' }, context)
  target.references = editReferences(target, record, context)
}

interface ListPlace {
  name: string
  tag: string
}

/** Edits a list of pointers or coordinates; the result of an insertion or deletion lies in a buffer of its own. */
function editRows(
  target: Rows | null,
  given: Rows | null,
  edit: ListEdit | null,
  width: number,
  place: ListPlace,
  context: Context,
): Rows | null {
  const length = target?.count ?? 0
  const range = rangeOf(edit, length, given?.count ?? 0, place, context)
  if (range === null) return target
  const { from, removed, added } = range
  context.budget.at({ record: place.name, field: place.tag }).spend((length - removed + added) * width)
  const result = new Uint8Array((length - removed + added) * width)
  const part = (rows: Rows | null, start: number, count: number) =>
    rows === null || count === 0
      ? new Uint8Array(0)
      : new Uint8Array(rows.view.buffer, rows.view.byteOffset + rows.start + start * width, count * width)
  result.set(part(target, 0, from), 0)
  result.set(part(given, 0, added), from * width)
  result.set(part(target, from + removed, length - from - removed), (from + added) * width)
  return { view: new DataView(result.buffer), start: 0, count: length - removed + added }
}

function editReferences(target: FeatureRecord, record: FeatureRecord, context: Context): FeatureReference[] | null {
  const list = target.references ?? []
  const given = record.references ?? []
  const place = { name: `feature ${target.id}`, tag: 'FFPT' }
  const range = rangeOf(record.referenceEdit, list.length, given.length, place, context)
  if (range === null) return target.references
  context.budget.at({ record: place.name, field: place.tag }).spend((list.length + range.added) * FFPT_SIZE)
  return [...list.slice(0, range.from), ...given.slice(0, range.added), ...list.slice(range.from + range.removed)]
}

/** Which entries go and how many of the given ones come in their place; null when the list stays as it is. */
function rangeOf(
  edit: ListEdit | null,
  length: number,
  given: number,
  place: ListPlace,
  { file, warnings }: Context,
): { from: number; removed: number; added: number } | null {
  const { name, tag } = place
  if (edit === null) {
    if (given > 0) warnings.add(`${file} brings ${tag} for ${name} without saying where they belong; they were left out`)
    return null
  }
  const fail = (message: string): never => {
    throw new S57Error({ file, record: name, field: tag }, message)
  }
  const { instruction, index, count } = edit
  if (instruction !== INSERT && instruction !== DELETE && instruction !== MODIFY) {
    fail(`the update instruction is ${instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`)
  }
  const removed = instruction === INSERT ? 0 : count
  const added = instruction === DELETE ? 0 : count
  if (added > given) fail(`the update announces ${added} entries but brings ${given}`)
  if (count === 0) return null
  const from = index - 1
  if (from < 0 || from + removed > length) {
    fail(`the update edits entries ${index} to ${index + Math.max(count, 1) - 1} of a list that has ${length}`)
  }
  return { from, removed, added }
}
