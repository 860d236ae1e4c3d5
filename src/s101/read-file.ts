import { RecordCursor, tagName } from '#iso8211/record-cursor.ts'
import type { CellFile } from '#s57/cell.ts'
import type { WarningList } from '#s57/warning-list.ts'
import { type DatasetFactors, type DatasetIdentification, readDatasetIdentification, readFactors } from './dataset-header.ts'
import { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import { readFeatureRecord, readInformationRecord } from './read-object-record.ts'
import { readSpatialRecord } from './read-spatial-record.ts'
import type { FeatureRecord, InformationRecord, SpatialRecord } from './records.ts'
import { S101Error } from './s101-error.ts'

/** One file, base or update: its header and its records in the order of the file. */
export interface DatasetFile {
  file: string
  identification: DatasetIdentification
  factors: DatasetFactors | null
  information: InformationRecord[]
  spatial: SpatialRecord[]
  features: FeatureRecord[]
}

type PartialFile = Omit<DatasetFile, 'identification'> & { identification: DatasetIdentification | null }

/** Opens the records of an S-101 file. Throws S101Error when it does not begin as ISO 8211. */
export function openRecords(file: CellFile): RecordCursor {
  return new RecordCursor(file, (place, message) => new S101Error(place, message))
}

/**
 * Reads the records of one S-101 file into memory. The counts in DSSI are not held against it, because most producers write them
 * before they are known. Throws S101Error when the file cannot be read, and when a base has no features.
 */
export function readFile(file: CellFile, warnings: WarningList): DatasetFile {
  const cursor = openRecords(file)
  const fields = new FieldReader(cursor, warnings)
  const found: PartialFile = {
    ...{ file: file.name, identification: null, factors: null },
    ...{ information: [], spatial: [], features: [] },
  }
  while (cursor.next()) readRecord(fields, found)
  const { identification } = found
  if (identification === null) {
    throw new S101Error({ file: file.name, record: 'record 2', field: 'DSID' }, 'there is no dataset identification (DSID)')
  }
  if (identification.exchangePurpose !== 2 && found.features.length === 0) {
    const message = 'the dataset has no features: the file may have been cut off'
    throw new S101Error({ file: file.name, record: `record ${cursor.record}`, field: 'FRID' }, message)
  }
  return { ...found, identification }
}

/** Reads the current record; its kind is that of the first field that only one kind of record has. */
function readRecord(fields: FieldReader, found: PartialFile): void {
  const { cursor } = fields
  for (let i = 0; i < cursor.fieldCount; i++) {
    const tag = cursor.tags[i]!
    switch (tag) {
      case TAG.DSID:
        readHeader(fields, i, found)
        return
      case TAG.CSID:
        checkReferenceSystems(fields)
        return
      case TAG.IRID:
        requireIdentification(cursor, found)
        found.information.push(readInformationRecord(fields, i))
        return
      case TAG.PRID:
      case TAG.MRID:
      case TAG.CRID:
      case TAG.CCID:
      case TAG.SRID:
        requireIdentification(cursor, found)
        found.spatial.push(readSpatialRecord(fields, i))
        return
      case TAG.FRID:
        requireIdentification(cursor, found)
        found.features.push(readFeatureRecord(fields, i))
        return
    }
  }
  for (let i = 0; i < cursor.fieldCount; i++) fields.skip(cursor.tags[i]!)
}

function requireIdentification(cursor: RecordCursor, { identification }: PartialFile): void {
  if (identification === null) cursor.fail('DSID', 'the file does not begin with its dataset identification')
}

function readHeader(fields: FieldReader, at: number, found: PartialFile): void {
  const { cursor } = fields
  if (found.identification !== null) cursor.fail('DSID', 'the file has a second dataset identification')
  found.identification = readDatasetIdentification(cursor, at)
  for (let i = 0; i < cursor.fieldCount; i++) {
    switch (cursor.tags[i]!) {
      case TAG.DSSI:
        found.factors = readFactors(cursor, i)
        break
      case TAG.ATCS:
        fields.codes(i, fields.attributes)
        break
      case TAG.ITCS:
        fields.codes(i, fields.informationTypes)
        break
      case TAG.FTCS:
        fields.codes(i, fields.featureTypes)
        break
      case TAG.IACS:
        fields.codes(i, fields.informationAssociations)
        break
      case TAG.FACS:
        fields.codes(i, fields.featureAssociations)
        break
      case TAG.ARCS:
        fields.codes(i, fields.roles)
        break
    }
  }
}

const gravityRelatedDepth = 12
const metres = 4

/** Refuses a vertical system whose only axis is not depth in metres: its soundings would be drawn with the wrong sign or unit. */
function checkReferenceSystems(fields: FieldReader): void {
  const { cursor } = fields
  for (let i = 0; i < cursor.fieldCount; i++) {
    if (cursor.tags[i]! !== TAG.CSAX) continue
    const { view, start, count } = fields.rows(i, 2)
    if (count !== 1) continue
    const axis = view.getUint8(start)
    const unit = view.getUint8(start + 1)
    if (axis !== gravityRelatedDepth || unit !== metres) {
      const message = `the vertical axis has the type ${axis} and the unit ${unit}; depths (12) in metres (4) are accepted`
      cursor.fail(tagName(TAG.CSAX), message)
    }
  }
}
