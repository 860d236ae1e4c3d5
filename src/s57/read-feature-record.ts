import type { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import { type FeatureRecord, FSPT_WIDTH } from './records.ts'
import { SplitList } from './split-list.ts'

/**
 * Reads the current record, whose field `at` is FRID. `levels` are AALL and NALL of the file's DSSI: level 2 is UCS-2. Throws
 * S57Error when a field is malformed.
 */
export function readFeatureRecord(
  fields: FieldReader,
  at: number,
  levels: { attributeLevel: number; nationalLevel: number } | null,
): FeatureRecord {
  const record = readIdentifier(fields, at)
  const { cursor } = fields
  let spatial: SplitList | null = null
  for (let i = 0; i < cursor.fieldCount; i++) {
    const tag = cursor.tags[i]!
    switch (tag) {
      case TAG.recordId:
      case TAG.FRID:
        break
      case TAG.FOID: {
        fields.locateFixed(i, 'FOID', 8)
        const { view, start } = fields
        record.agency = view.getUint16(start, true)
        record.featureId = view.getUint32(start + 2, true)
        record.featureSubdivision = view.getUint16(start + 6, true)
        break
      }
      case TAG.ATTF:
        record.attributes = fields.attributes(i, levels?.attributeLevel === 2)
        break
      case TAG.NATF:
        record.nationalAttributes = fields.attributes(i, levels?.nationalLevel === 2)
        break
      case TAG.FSPT: {
        const list = fields.rows(i, FSPT_WIDTH)
        if (record.spatial === null) record.spatial = list
        else spatial = (spatial ?? new SplitList(record.spatial)).add(list)
        break
      }
      case TAG.FFPT:
        record.references = fields.references(i, record.references)
        break
      case TAG.FSPC:
        record.spatialEdit = fields.listEdit(i, 'FSPC')
        break
      case TAG.FFPC:
        record.referenceEdit = fields.listEdit(i, 'FFPC')
        break
      default:
        fields.skip(tag)
    }
  }
  if (spatial !== null) record.spatial = spatial.join(FSPT_WIDTH)
  return record
}

function readIdentifier(fields: FieldReader, at: number): FeatureRecord {
  fields.locateFixed(at, 'FRID', 12)
  const { view, start } = fields
  return {
    id: view.getUint32(start + 1, true),
    primitive: view.getUint8(start + 5),
    group: view.getUint8(start + 6),
    objectClass: view.getUint16(start + 7, true),
    version: view.getUint16(start + 9, true),
    instruction: view.getUint8(start + 11),
    agency: 0,
    featureId: 0,
    featureSubdivision: 0,
    attributes: null,
    nationalAttributes: null,
    spatial: null,
    references: null,
    spatialEdit: null,
    referenceEdit: null,
    assembled: false,
  }
}
