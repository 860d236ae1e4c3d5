import { editRows } from '#s57/edit-list.ts'
import { DELETE, INSERT, MODIFY } from '#s57/records.ts'
import { editAttributes } from './attribute-tree.ts'
import type { DatasetStore } from './dataset-store.ts'
import { checkEnds, editCurve } from './edit-curve.ts'
import { editLinks, editPointers } from './edit-pointers.ts'
import type { DatasetFile } from './read-file.ts'
import {
  COMPOSITE_CURVE,
  CUCO_WIDTH,
  CURVE,
  FEATURE,
  type FeatureRecord,
  INFORMATION,
  type InformationRecord,
  MASK_WIDTH,
  RIAS_WIDTH,
  recordName,
  SPAS_WIDTH,
  type SpatialRecord,
  SURFACE,
} from './records.ts'
import { S101Error } from './s101-error.ts'
import type { UpdateContext, UpdateTools } from './update-context.ts'

/**
 * Applies the records of one update (S-100 part 10a, clause 10a-6). Versions are not compared, because producers delete with version 0.
 * Throws S101Error for a change to a record that is missing or of another type, and for an edit that does not fit: applying these
 * would draw what nobody surveyed. Deleting a missing record or inserting an existing one only warns.
 */
export function applyUpdate(store: DatasetStore, update: DatasetFile, tools: UpdateTools): void {
  const context = { ...tools, file: update.file }
  for (const record of update.information) {
    const name = recordName(INFORMATION, record.id)
    const target = applyRecord(store.information, record, name, 'IRID', context)
    if (target !== null) editObject(target, record, name, context)
  }
  const changed = new Map<SpatialRecord, string>()
  for (const record of update.spatial) {
    const records = store.spatial.get(record.kind)
    const name = recordName(record.kind, record.id)
    if (records === undefined) {
      tools.warnings.add(`${update.file}: skipped ${name}; S-101 has no such kind`)
      continue
    }
    const target = applyRecord(records, record, name, 'RCNM', context)
    if (target === null) continue
    editSpatial(store, target, record, name, context)
    if (target.kind === CURVE) changed.set(target, name)
  }
  for (const [curve, name] of changed) {
    if (store.spatial.get(CURVE)?.get(curve.id) === curve) checkEnds(store, curve, name, update.file)
  }
  for (const record of update.features) {
    const name = recordName(FEATURE, record.id)
    const target = applyRecord(store.features, record, name, 'FRID', context)
    if (target !== null) editFeature(target, record, name, context)
  }
}

/** Inserts or deletes a record, or returns the record to modify. */
function applyRecord<R extends { id: number; version: number; instruction: number }>(
  records: { get(id: number): R | undefined; set(id: number, record: R): unknown; delete(id: number): unknown },
  record: R,
  name: string,
  field: string,
  { file, warnings }: UpdateContext,
): R | null {
  const target = records.get(record.id)
  switch (record.instruction) {
    case INSERT:
      if (target !== undefined) warnings.add(`${file} inserts ${name}, which the cell already has; replaced it`)
      records.set(record.id, record)
      return null
    case DELETE:
      if (target === undefined) warnings.add(`${file} deletes ${name}, which the cell does not have`)
      records.delete(record.id)
      return null
    case MODIFY:
      if (target === undefined) {
        throw new S101Error({ file, record: name, field }, 'the update changes a record that the cell does not have')
      }
      target.version = record.version
      return target
    default:
      throw new S101Error(
        { file, record: name, field },
        `the update instruction RUIN is ${record.instruction}; 1 (insert), 2 (delete) and 3 (modify) are accepted`,
      )
  }
}

/** Edits what features and information types have in common: attributes and links to information types. */
function editObject(
  target: FeatureRecord | InformationRecord,
  record: FeatureRecord | InformationRecord,
  name: string,
  context: UpdateContext,
): void {
  const { file, texts, budget, warnings } = context
  if (target.type !== record.type) {
    const message = `the update changes a ${record.type}, but the cell has a ${target.type} under that number`
    throw new S101Error({ file, record: name, field: 'FRID' }, message)
  }
  const place = { record: name, field: 'ATTR' }
  if (record.field !== null) {
    editAttributes(target, record, {
      texts,
      spend: (steps) => budget.at(place).spend(steps),
      warn: (message) => warnings.add(`${file}, ${name}: ${message}`),
      fail: (message) => {
        throw new S101Error({ file, ...place }, message)
      },
    })
  }
  target.information = editLinks(target.information, record.information, { ...context, record: name, field: 'INAS' })
}

function editFeature(target: FeatureRecord, record: FeatureRecord, name: string, context: UpdateContext): void {
  editObject(target, record, name, context)
  target.associations = editLinks(target.associations, record.associations, { ...context, record: name, field: 'FASC' })
  const lists = { ...context, record: name }
  target.spatial = editPointers(target.spatial, record.spatial, SPAS_WIDTH, { ...lists, field: 'SPAS' })
  target.masks = editPointers(target.masks, record.masks, MASK_WIDTH, { ...lists, field: 'MASK' })
}

function editSpatial(
  store: DatasetStore,
  target: SpatialRecord,
  record: SpatialRecord,
  name: string,
  context: UpdateContext,
): void {
  target.information = editLinks(target.information, record.information, { ...context, record: name, field: 'INAS' })
  target.inaccurate = undefined
  target.ends = undefined
  if (target.kind === SURFACE) {
    target.pointers = editPointers(target.pointers, record.pointers, RIAS_WIDTH, { ...context, record: name, field: 'RIAS' })
  } else if (target.kind === COMPOSITE_CURVE) {
    target.pointers = editRows(target.pointers, record.pointers, record.pointerEdit, CUCO_WIDTH, {
      ...context,
      ...{ record: name, field: 'CUCO', createError: (place, message) => new S101Error(place, message) },
    })
  } else editCurve(store, target, record, name, context)
}
