import { tagName } from '#iso8211/record-cursor.ts'
import { type ListEdit, MODIFY, type Rows } from '#s57/records.ts'
import { SplitList } from '#s57/split-list.ts'
import type { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import {
  C2IL_WIDTH,
  C3IL_WIDTH,
  CUCO_WIDTH,
  PTAS_WIDTH,
  RIAS_WIDTH,
  recordName,
  type SpatialRecord,
  SURFACE,
  withLink,
} from './records.ts'

/** Reads the current record, whose field `at` is PRID, MRID, CRID, CCID or SRID. Throws S101Error when a field is malformed. */
export function readSpatialRecord(fields: FieldReader, at: number): SpatialRecord {
  const record = readIdentifier(fields, at)
  const { cursor } = fields
  const lists: SplitLists = { coordinates: null, pointers: null }
  let pending: ListEdit | null = null
  for (let i = 0; i < cursor.fieldCount; i++) {
    if (i === at) continue
    const tag = cursor.tags[i]!
    switch (tag) {
      case TAG.INAS:
        record.information = withLink(record.information, fields.informationLink(i))
        break
      case TAG.C2IT:
        addCoordinates(fields, record, lists, fields.rows(i, C2IL_WIDTH), false)
        break
      case TAG.C3IT:
        addCoordinates(fields, record, lists, fields.rows(i, C3IL_WIDTH, 1), true)
        break
      case TAG.C2IL:
      case TAG.C3IL: {
        const depths = tag === TAG.C3IL
        const list = fields.rows(i, depths ? C3IL_WIDTH : C2IL_WIDTH, depths ? 1 : 0)
        if (pending === null) addCoordinates(fields, record, lists, list, depths)
        else {
          setDepths(fields, record, depths)
          record.coordinateEdits!.push({ edit: pending, given: list })
          pending = null
        }
        break
      }
      case TAG.COCC:
        record.coordinateEdits ??= []
        if (pending !== null) record.coordinateEdits.push({ edit: pending, given: null })
        pending = fields.listEdit(i)
        break
      case TAG.CCOC:
        record.pointerEdit = fields.listEdit(i)
        break
      case TAG.CUCO:
        if (record.kind === SURFACE)
          fields.cursor.fail('CUCO', 'a surface has no curves of its own', recordName(SURFACE, record.id))
        addPointers(record, lists, fields.rows(i, CUCO_WIDTH))
        break
      case TAG.RIAS:
        if (record.kind !== SURFACE) fields.cursor.fail('RIAS', 'only surfaces have rings', recordName(record.kind, record.id))
        addPointers(record, lists, fields.rows(i, RIAS_WIDTH))
        break
      case TAG.PTAS:
        record.endPoints = fields.rows(i, PTAS_WIDTH)
        break
      case TAG.SEGH:
        checkInterpolation(fields, i, record)
        break
      case TAG.SECC:
        checkSegments(fields, i, record)
        break
      default:
        fields.skip(tag)
    }
  }
  if (pending !== null) record.coordinateEdits!.push({ edit: pending, given: null })
  if (lists.coordinates !== null) record.coordinates = lists.coordinates.join(record.depths ? C3IL_WIDTH : C2IL_WIDTH)
  if (lists.pointers !== null) record.pointers = lists.pointers.join(record.kind === SURFACE ? RIAS_WIDTH : CUCO_WIDTH)
  return record
}

/** Lists that are spread over several fields of the record, joined once at its end. */
interface SplitLists {
  coordinates: SplitList | null
  pointers: SplitList | null
}

function readIdentifier(fields: FieldReader, at: number): SpatialRecord {
  const start = fields.fixed(at, 8)
  const { view } = fields.cursor
  return {
    kind: view.getUint8(start),
    id: view.getUint32(start + 1, true),
    version: view.getUint16(start + 5, true),
    instruction: view.getUint8(start + 7),
    coordinates: null,
    depths: false,
    pointers: null,
    attributes: null,
    coordinateEdit: null,
    pointerEdit: null,
    usedBy: -1,
    uses: 0,
    ends: undefined,
    inaccurate: undefined,
    information: null,
    endPoints: null,
    coordinateEdits: null,
  }
}

function setDepths(fields: FieldReader, record: SpatialRecord, depths: boolean): void {
  const { coordinates, coordinateEdits } = record
  const hasSome = coordinates !== null || coordinateEdits?.some(({ given }) => given !== null) === true
  if (hasSome && record.depths !== depths) {
    fields.cursor.fail(
      depths ? 'C3IL' : 'C2IL',
      'the record has coordinates with and without depth',
      recordName(record.kind, record.id),
    )
  }
  record.depths = depths
}

function addCoordinates(fields: FieldReader, record: SpatialRecord, lists: SplitLists, list: Rows, depths: boolean): void {
  setDepths(fields, record, depths)
  if (record.coordinates === null) record.coordinates = list
  else lists.coordinates = (lists.coordinates ?? new SplitList(record.coordinates)).add(list)
}

function addPointers(record: SpatialRecord, lists: SplitLists, list: Rows): void {
  if (record.pointers === null) record.pointers = list
  else lists.pointers = (lists.pointers ?? new SplitList(record.pointers)).add(list)
}

/** An update that adds or removes segments would give COCC another meaning: it counts the coordinates of one segment. */
function checkSegments(fields: FieldReader, i: number, record: SpatialRecord): void {
  const { instruction, index, count } = fields.listEdit(i)
  if (instruction === MODIFY && index === 1 && count === 1) return
  const message = `the update edits segments (SECC ${instruction}, ${index}, ${count}); only the first may be changed (3, 1, 1)`
  fields.cursor.fail(tagName(TAG.SECC), message, recordName(record.kind, record.id))
}

const loxodrome = 4

/** Refuses curves whose segments are not straight lines on the chart: their positions would have to be computed. */
function checkInterpolation(fields: FieldReader, i: number, record: SpatialRecord): void {
  const start = fields.fixed(i, 1)
  const interpolation = fields.cursor.view.getUint8(start)
  if (interpolation === loxodrome) return
  const message = `the curve is interpolated by method ${interpolation} (INTP); 4 (loxodromes) is accepted`
  fields.cursor.fail(tagName(TAG.SEGH), message, recordName(record.kind, record.id))
}
