import { type RecordCursor, tagName } from '#iso8211/record-cursor.ts'
import type { CellFile } from './cell.ts'
import {
  type DataSetIdentification,
  type DataSetParameters,
  type DataSetStructure,
  readIdentification,
  readParameters,
  readStructure,
} from './data-set-header.ts'
import { FieldReader } from './field-reader.ts'
import { TAG } from './field-tags.ts'
import { openRecords } from './open-records.ts'
import { readFeatureRecord } from './read-feature-record.ts'
import { readVectorRecord } from './read-vector-record.ts'
import type { FeatureRecord, VectorRecord } from './records.ts'
import { S57Error } from './s57-error.ts'
import type { WarningList } from './warning-list.ts'

/** One file, base or update: its header and its records in the order of the file. */
export interface DataSet {
  file: string
  identification: DataSetIdentification
  parameters: DataSetParameters | null
  vectors: VectorRecord[]
  features: FeatureRecord[]
}

/** The file while it is being read. */
interface PartialDataSet {
  identification: DataSetIdentification | null
  structure: DataSetStructure | null
  parameters: DataSetParameters | null
  vectors: VectorRecord[]
  features: FeatureRecord[]
  isCatalogue: boolean
}

/**
 * Reads the records of one S-57 file into memory. Throws S57Error when the file cannot be read or has fewer records than its
 * DSSI states: a download cut between two records would otherwise look complete.
 */
export function readFile(file: CellFile, warnings: WarningList): DataSet {
  const cursor = openRecords(file)
  const fields = new FieldReader(cursor, warnings)
  const found: PartialDataSet = {
    identification: null,
    structure: null,
    parameters: null,
    vectors: [],
    features: [],
    isCatalogue: false,
  }
  while (cursor.next()) readRecord(fields, found, warnings)
  const { identification, parameters, vectors, features } = found
  if (identification === null) {
    const why = found.isCatalogue
      ? 'this is the catalogue of an exchange set, not a chart'
      : 'there is no data set identification (DSID)'
    throw new S57Error({ file: file.name, record: 'record 2', field: 'DSID' }, why)
  }
  checkCounts(cursor, found, warnings)
  return { file: file.name, identification, parameters, vectors, features }
}

/** Reads the current record; its kind is that of the first field that only one kind of record has. */
function readRecord(fields: FieldReader, found: PartialDataSet, warnings: WarningList): void {
  const { cursor } = fields
  for (let i = 0; i < cursor.fieldCount; i++) {
    switch (cursor.tags[i]!) {
      case TAG.VRID:
        requireIdentification(cursor, found)
        found.vectors.push(readVectorRecord(fields, i))
        return
      case TAG.FRID:
        requireIdentification(cursor, found)
        found.features.push(readFeatureRecord(fields, i, found.structure))
        return
      case TAG.DSID:
        readHeader(cursor, i, found, warnings)
        return
      case TAG.DSPM:
        found.parameters = readParameters(cursor, i)
        return
      case TAG.CATD:
        found.isCatalogue = true
        return
      case TAG.recordId:
        continue
    }
  }
  const tags = cursor.tags.slice(0, Math.min(cursor.fieldCount, 5)).map(tagName)
  const fieldList = tags.join(' ') || '(none)'
  warnings.add(`${cursor.file}, record ${cursor.record}: skipped the record; S-57 has no record with the fields ${fieldList}`)
}

function requireIdentification(cursor: RecordCursor, { identification }: PartialDataSet): void {
  if (identification === null) cursor.fail('DSID', 'the file does not begin with the data set identification (DSID)')
}

function readHeader(cursor: RecordCursor, at: number, found: PartialDataSet, warnings: WarningList): void {
  found.identification = readIdentification(cursor, at)
  const i = cursor.tags.lastIndexOf(TAG.DSSI, cursor.fieldCount - 1)
  if (i === -1)
    warnings.add(`${cursor.file} has no DSSI: its record counts cannot be checked and its texts are read as ISO 8859-1`)
  else found.structure = readStructure(cursor, i)
}

/** Compares the records found with the counts that DSSI states. */
function checkCounts(cursor: RecordCursor, { structure, vectors, features }: PartialDataSet, warnings: WarningList): void {
  if (structure === null) return
  const check = (what: string, found: number, stated: number) => {
    if (found < stated) {
      const place = { file: cursor.file, record: `record ${cursor.record + 1}`, field: 'leader' }
      throw new S57Error(place, `the file ends after ${found} of the ${stated} ${what} it should have (DSSI)`)
    }
    if (found > stated) warnings.add(`${cursor.file} has ${found} ${what} although its DSSI says ${stated}`)
  }
  check('spatial records', vectors.length, structure.vectors)
  check('feature records', features.length, structure.features)
}
