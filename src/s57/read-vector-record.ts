import { tagName } from '#iso8211/record-cursor.ts'
import type { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import { SG2D_WIDTH, SG3D_WIDTH, type VectorRecord, VRPT_WIDTH, vectorName } from './records.ts'
import { SplitList } from './split-list.ts'

/** Reads the current record, whose field `at` is VRID. Throws S57Error when a field is malformed. */
export function readVectorRecord(fields: FieldReader, at: number): VectorRecord {
  const record = readIdentifier(fields, at)
  const { cursor } = fields
  let coordinates: SplitList | null = null
  let pointers: SplitList | null = null
  for (let i = 0; i < cursor.fieldCount; i++) {
    const tag = cursor.tags[i]!
    switch (tag) {
      case TAG.recordId:
      case TAG.VRID:
        break
      case TAG.SG2D:
      case TAG.SG3D: {
        const depths = tag === TAG.SG3D
        if (record.coordinates !== null && record.depths !== depths) {
          cursor.fail(tagName(tag), 'the record has coordinates with and without depth', vectorName(record.kind, record.id))
        }
        record.depths = depths
        const list = fields.rows(i, depths ? SG3D_WIDTH : SG2D_WIDTH)
        if (record.coordinates === null) record.coordinates = list
        else coordinates = (coordinates ?? new SplitList(record.coordinates)).add(list)
        break
      }
      case TAG.VRPT: {
        const list = fields.rows(i, VRPT_WIDTH)
        if (record.pointers === null) record.pointers = list
        else pointers = (pointers ?? new SplitList(record.pointers)).add(list)
        break
      }
      case TAG.ATTV:
        record.attributes = fields.attributes(i, false)
        break
      case TAG.SGCC:
        record.coordinateEdit = fields.listEdit(i, 'SGCC')
        break
      case TAG.VRPC:
        record.pointerEdit = fields.listEdit(i, 'VRPC')
        break
      default:
        fields.skip(tag)
    }
  }
  if (coordinates !== null) record.coordinates = coordinates.join(record.depths ? SG3D_WIDTH : SG2D_WIDTH)
  if (pointers !== null) record.pointers = pointers.join(VRPT_WIDTH)
  return record
}

function readIdentifier(fields: FieldReader, at: number): VectorRecord {
  fields.locateFixed(at, 'VRID', 8)
  const { view, start } = fields
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
  }
}
