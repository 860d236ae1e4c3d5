import { type RecordCursor, tagCode, tagName } from '#iso8211/record-cursor.ts'
import { areWellFormed } from './attributes.ts'
import type { CellFile, FeatureReference } from './cell.ts'
import {
  type DataSetIdentification,
  type DataSetParameters,
  type DataSetStructure,
  readIdentification,
  readParameters,
  readStructure,
} from './data-set-header.ts'
import { isKnownTag, unusualLayouts } from './field-layouts.ts'
import { openRecords } from './open-records.ts'
import {
  type FeatureRecord,
  FSPT_WIDTH,
  type ListEdit,
  type RawAttributes,
  type Rows,
  SG2D_WIDTH,
  SG3D_WIDTH,
  type VectorRecord,
  VRPT_WIDTH,
  vectorName,
} from './records.ts'
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

const TAG = {
  recordId: tagCode('0001'),
  DSID: tagCode('DSID'),
  DSSI: tagCode('DSSI'),
  DSPM: tagCode('DSPM'),
  CATD: tagCode('CATD'),
  VRID: tagCode('VRID'),
  ATTV: tagCode('ATTV'),
  VRPC: tagCode('VRPC'),
  VRPT: tagCode('VRPT'),
  SGCC: tagCode('SGCC'),
  SG2D: tagCode('SG2D'),
  SG3D: tagCode('SG3D'),
  FRID: tagCode('FRID'),
  FOID: tagCode('FOID'),
  ATTF: tagCode('ATTF'),
  NATF: tagCode('NATF'),
  FFPC: tagCode('FFPC'),
  FFPT: tagCode('FFPT'),
  FSPC: tagCode('FSPC'),
  FSPT: tagCode('FSPT'),
} as const

/**
 * Reads the records of one S-57 file into memory. Throws S57Error for anything that makes the file unreadable, also when it
 * has fewer records than it says it has: a download cut between two records looks whole otherwise.
 */
export function readFile(file: CellFile, warnings: WarningList): DataSet {
  const reader = createReader(openRecords(file), warnings)
  return reader.read()
}

function createReader(cursor: RecordCursor, warnings: WarningList) {
  const rewrites = unusualLayouts(cursor)
  const unknown = new Set<number>()
  const vectors: VectorRecord[] = []
  const features: FeatureRecord[] = []
  let identification: DataSetIdentification | null = null
  let structure: DataSetStructure | null = null
  let parameters: DataSetParameters | null = null
  let isCatalogue = false
  // Where the bytes of the field lie that `locate` was asked for last: in the file, or in a buffer of their own when its layout
  // was unusual. Not an object, because a file has a million fields.
  let { bytes, view } = cursor
  let start = 0
  let end = 0

  function read(): DataSet {
    while (cursor.next()) readRecord()
    const name = cursor.file
    if (identification === null) {
      const why = isCatalogue
        ? 'this is the catalogue of an exchange set, not a chart'
        : 'there is no data set identification (DSID)'
      throw new S57Error({ file: name, record: 'record 2', field: 'DSID' }, why)
    }
    checkCounts(structure)
    return { file: name, identification, parameters, vectors, features }
  }

  function checkCounts(stated: DataSetStructure | null): void {
    const check = (what: string, found: number, declared: number) => {
      if (found < declared) {
        const place = { file: cursor.file, record: `record ${cursor.record + 1}`, field: 'leader' }
        throw new S57Error(place, `the file ends after ${found} of the ${declared} ${what} it should have (DSSI)`)
      }
      if (found > declared) warnings.add(`${cursor.file} has ${found} ${what} although its DSSI says ${declared}`)
    }
    if (stated === null) return
    check('spatial records', vectors.length, stated.vectors)
    check('feature records', features.length, stated.features)
  }

  function readRecord(): void {
    for (let i = 0; i < cursor.fieldCount; i++) {
      switch (cursor.tags[i]!) {
        case TAG.VRID:
          readVector(i)
          return
        case TAG.FRID:
          readFeature(i)
          return
        case TAG.DSID:
          readHeader(i)
          return
        case TAG.DSPM:
          parameters = readParameters(cursor, i)
          return
        case TAG.CATD:
          isCatalogue = true
          return
        case TAG.recordId:
          continue
      }
    }
    const tags = cursor.tags.slice(0, Math.min(cursor.fieldCount, 5)).map(tagName)
    warnings.add(
      `${cursor.file}, record ${cursor.record} was skipped: S-57 has no record with the fields ${tags.join(' ') || '(none)'}`,
    )
  }

  function readHeader(at: number): void {
    identification = readIdentification(cursor, at)
    const i = cursor.tags.lastIndexOf(TAG.DSSI, cursor.fieldCount - 1)
    if (i === -1)
      warnings.add(`${cursor.file} has no DSSI: its number of records cannot be checked and its texts are taken as ISO 8859-1`)
    else structure = readStructure(cursor, i)
  }

  function readVector(at: number): void {
    if (identification === null) cursor.fail('DSID', 'the file does not begin with the data set identification (DSID)')
    fixed(at, 'VRID', 8)
    const kind = view.getUint8(start)
    const id = view.getUint32(start + 1, true)
    const record: VectorRecord = {
      kind,
      id,
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
    }
    let more: Map<number, Rows[]> | null = null
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
            cursor.fail(tagName(tag), 'the record has coordinates with and without depth', vectorName(kind, id))
          }
          record.depths = depths
          const list = rows(i, depths ? SG3D_WIDTH : SG2D_WIDTH)
          if (record.coordinates === null) record.coordinates = list
          else more = collect(more, tag, record.coordinates, list)
          break
        }
        case TAG.VRPT: {
          const list = rows(i, VRPT_WIDTH)
          if (record.pointers === null) record.pointers = list
          else more = collect(more, tag, record.pointers, list)
          break
        }
        case TAG.ATTV:
          record.attributes = attributes(i, false)
          break
        case TAG.SGCC:
          record.coordinateEdit = edit(i, 'SGCC')
          break
        case TAG.VRPC:
          record.pointerEdit = edit(i, 'VRPC')
          break
        default:
          skip(tag)
      }
    }
    if (more !== null) {
      const width = record.depths ? SG3D_WIDTH : SG2D_WIDTH
      const lists = more.get(record.depths ? TAG.SG3D : TAG.SG2D)
      if (lists !== undefined) record.coordinates = joinRows(lists, width)
      const pointers = more.get(TAG.VRPT)
      if (pointers !== undefined) record.pointers = joinRows(pointers, VRPT_WIDTH)
    }
    vectors.push(record)
  }

  function readFeature(at: number): void {
    if (identification === null) cursor.fail('DSID', 'the file does not begin with the data set identification (DSID)')
    fixed(at, 'FRID', 12)
    const record: FeatureRecord = {
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
    let more: Map<number, Rows[]> | null = null
    for (let i = 0; i < cursor.fieldCount; i++) {
      const tag = cursor.tags[i]!
      switch (tag) {
        case TAG.recordId:
        case TAG.FRID:
          break
        case TAG.FOID: {
          fixed(i, 'FOID', 8)
          record.agency = view.getUint16(start, true)
          record.featureId = view.getUint32(start + 2, true)
          record.featureSubdivision = view.getUint16(start + 6, true)
          break
        }
        case TAG.ATTF:
          record.attributes = attributes(i, structure?.attributeLevel === 2)
          break
        case TAG.NATF:
          record.nationalAttributes = attributes(i, structure?.nationalLevel === 2)
          break
        case TAG.FSPT: {
          const list = rows(i, FSPT_WIDTH)
          if (record.spatial === null) record.spatial = list
          else more = collect(more, tag, record.spatial, list)
          break
        }
        case TAG.FFPT:
          record.references = references(i, record.references)
          break
        case TAG.FSPC:
          record.spatialEdit = edit(i, 'FSPC')
          break
        case TAG.FFPC:
          record.referenceEdit = edit(i, 'FFPC')
          break
        default:
          skip(tag)
      }
    }
    const lists = more?.get(TAG.FSPT)
    if (lists !== undefined) record.spatial = joinRows(lists, FSPT_WIDTH)
    features.push(record)
  }

  /** Finds a field's bytes in the standard layout. */
  function locate(i: number): void {
    start = cursor.starts[i]!
    end = cursor.ends[i]!
    if (rewrites.size === 0) return
    const rewrite = rewrites.get(cursor.tags[i]!)
    if (rewrite === undefined) {
      bytes = cursor.bytes
      view = cursor.view
      return
    }
    bytes = rewrite(start, end)
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    start = 0
    end = bytes.length
  }

  function fixed(i: number, tag: string, width: number): void {
    locate(i)
    if (end - start < width) cursor.fail(tag, `the field has ${end - start} bytes instead of ${width}`)
  }

  function rows(i: number, width: number): Rows {
    locate(i)
    const count = (end - start) / width
    if (!Number.isInteger(count)) {
      cursor.fail(
        tagName(cursor.tags[i]!),
        `the field has ${end - start} bytes, which is not a multiple of the ${width} bytes of an entry`,
      )
    }
    return { view, start, count }
  }

  function edit(i: number, tag: string): ListEdit {
    fixed(i, tag, 5)
    return { instruction: view.getUint8(start), index: view.getUint16(start + 1, true), count: view.getUint16(start + 3, true) }
  }

  function attributes(i: number, wide: boolean): RawAttributes {
    const tag = cursor.tags[i]!
    if (wide && rewrites.has(tag)) cursor.fail(tagName(tag), 'UCS-2 text in a field with an unusual description cannot be read')
    locate(i)
    const list: RawAttributes = { bytes, start, end, wide }
    if (!areWellFormed(list)) cursor.fail(tagName(tag), 'the field ends inside the code of an attribute')
    return list
  }

  function references(i: number, already: FeatureReference[] | null): FeatureReference[] {
    locate(i)
    const list = already ?? []
    let at = start
    while (at < end) {
      if (end - at < 9) cursor.fail('FFPT', 'the field ends inside a pointer')
      let stop = at + 9
      while (stop < end && view.getUint8(stop) !== 0x1f) stop++
      let comment = ''
      for (let c = at + 9; c < stop; c++) comment += String.fromCharCode(view.getUint8(c))
      list.push({
        agency: view.getUint16(at, true),
        featureId: view.getUint32(at + 2, true),
        featureSubdivision: view.getUint16(at + 6, true),
        relation: view.getUint8(at + 8),
        comment,
      })
      at = stop + 1
    }
    return list
  }

  function skip(tag: number): void {
    if (unknown.has(tag)) return
    if (unknown.size < 1000) unknown.add(tag)
    const why = isKnownTag(tag) ? 'it does not belong there' : 'it is unknown to S-57'
    warnings.add(`${cursor.file}, record ${cursor.record}: the field ${tagName(tag)} was skipped, ${why}`)
  }

  return { read }
}

/** Remembers the further fields of a list that is spread over several. */
function collect(more: Map<number, Rows[]> | null, tag: number, first: Rows, next: Rows): Map<number, Rows[]> {
  const result = more ?? new Map<number, Rows[]>()
  const lists = result.get(tag)
  if (lists === undefined) result.set(tag, [first, next])
  else lists.push(next)
  return result
}

/** One list out of several, in a buffer of its own. */
function joinRows(lists: readonly Rows[], width: number): Rows {
  const count = lists.reduce((total, list) => total + list.count, 0)
  const bytes = new Uint8Array(count * width)
  let at = 0
  for (const list of lists) {
    bytes.set(new Uint8Array(list.view.buffer, list.view.byteOffset + list.start, list.count * width), at)
    at += list.count * width
  }
  return { view: new DataView(bytes.buffer), start: 0, count }
}
