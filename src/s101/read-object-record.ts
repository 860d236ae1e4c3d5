import { SplitList } from '#s57/split-list.ts'
import type { AttributeField } from './attribute-field.ts'
import type { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import { type AttributeSource, type FeatureRecord, type InformationRecord, MASK_WIDTH, SPAS_WIDTH, withLink } from './records.ts'

const headBytes = 10

/** Reads the current record, whose field `at` is IRID. Throws S101Error when a field is malformed. */
export function readInformationRecord(fields: FieldReader, at: number): InformationRecord {
  const { cursor } = fields
  const start = fields.fixed(at, headBytes)
  const record: InformationRecord = {
    id: cursor.view.getUint32(start + 1, true),
    type: fields.informationTypes.nameOf(cursor.view.getUint16(start + 5, true)),
    version: cursor.view.getUint16(start + 7, true),
    instruction: cursor.view.getUint8(start + 9),
    field: null,
    moreFields: null,
    edited: null,
    information: null,
  }
  for (let i = 0; i < cursor.fieldCount; i++) {
    if (i === at) continue
    const tag = cursor.tags[i]!
    if (tag === TAG.ATTR) addField(record, fields.attributeField(i))
    else if (tag === TAG.INAS) {
      record.information = withLink(record.information, fields.informationLink(i))
    } else fields.skip(tag)
  }
  return record
}

function addField(record: AttributeSource, field: AttributeField): void {
  if (record.field === null) record.field = field
  else if (record.moreFields === null) record.moreFields = [field]
  else record.moreFields.push(field)
}

/** Reads the current record, whose field `at` is FRID. Throws S101Error when a field is malformed. */
export function readFeatureRecord(fields: FieldReader, at: number): FeatureRecord {
  const { cursor } = fields
  const { view } = cursor
  const start = fields.fixed(at, headBytes)
  const record: FeatureRecord = {
    id: view.getUint32(start + 1, true),
    type: fields.featureTypes.nameOf(view.getUint16(start + 5, true)),
    version: view.getUint16(start + 7, true),
    instruction: view.getUint8(start + 9),
    agency: 0,
    featureId: 0,
    featureSubdivision: 0,
    field: null,
    moreFields: null,
    edited: null,
    information: null,
    associations: null,
    spatial: null,
    masks: null,
    assembled: false,
    place: 0,
  }
  let spatial: SplitList | null = null
  let masks: SplitList | null = null
  for (let i = 0; i < cursor.fieldCount; i++) {
    if (i === at) continue
    const tag = cursor.tags[i]!
    switch (tag) {
      case TAG.FOID: {
        const from = fields.fixed(i, 8)
        record.agency = view.getUint16(from, true)
        record.featureId = view.getUint32(from + 2, true)
        record.featureSubdivision = view.getUint16(from + 6, true)
        break
      }
      case TAG.ATTR:
        addField(record, fields.attributeField(i))
        break
      case TAG.INAS:
        record.information = withLink(record.information, fields.informationLink(i))
        break
      case TAG.FASC:
        record.associations = withLink(record.associations, fields.featureLink(i))
        break
      case TAG.SPAS:
        if (record.spatial === null) record.spatial = fields.rows(i, SPAS_WIDTH)
        else spatial = (spatial ?? new SplitList(record.spatial)).add(fields.rows(i, SPAS_WIDTH))
        break
      case TAG.MASK:
        if (record.masks === null) record.masks = fields.rows(i, MASK_WIDTH)
        else masks = (masks ?? new SplitList(record.masks)).add(fields.rows(i, MASK_WIDTH))
        break
      case TAG.THAS:
        break
      default:
        fields.skip(tag)
    }
  }
  if (spatial !== null) record.spatial = spatial.join(SPAS_WIDTH)
  if (masks !== null) record.masks = masks.join(MASK_WIDTH)
  return record
}
