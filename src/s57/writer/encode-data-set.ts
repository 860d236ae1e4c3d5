import { Buffer } from 'node:buffer'
import { encodeRecord, type RecordField } from '#iso8211/encode-record.ts'
import { attributeByAcronym } from '../data/attributes.ts'
import { OBJECT_CLASSES, objectClassByAcronym } from '../data/object-classes.ts'
import { createByteSink } from './byte-sink.ts'
import type {
  AttributeSpec,
  DataSetRecords,
  DataSetSpec,
  FeatureRecordSpec,
  ListEditSpec,
  VectorRecordSpec,
} from './cell-spec.ts'
import { dataSetDescription } from './descriptive-record.ts'

const UNIT_TERMINATOR = '\x1f'
/** Group 1 classes, which cover the cell without gaps or overlaps (S-57 appendix B.1, clause 3.10.1). */
const SKIN_OF_THE_EARTH: ReadonlySet<string> = new Set(['DEPARE', 'DRGARE', 'FLODOC', 'HULKES', 'LNDARE', 'PONTON', 'UNSARE'])

/**
 * Encodes a data set of S-57 edition 3.1 in the binary implementation: DSID, DSPM (base cells only), spatial records, features.
 * Throws RangeError or Error for values that the format cannot represent.
 */
export function encodeDataSet(purpose: 'base' | 'update', spec: DataSetSpec, records: DataSetRecords): Uint8Array {
  const nationalLevel = spec.nationalLevel ?? 1
  const parts: Buffer[] = [dataSetDescription(spec.attributeLevel ?? 1, nationalLevel)]
  const add = (fields: RecordField[]) => {
    // The record number has two bytes and wraps to 0.
    const id = createByteSink().unsigned(parts.length % 0x1_0000, 2)
    parts.push(encodeRecord('data', [{ tag: '0001', data: id.bytes() }, ...fields]))
  }
  add([
    { tag: 'DSID', data: identification(purpose, spec) },
    { tag: 'DSSI', data: structure(spec, records) },
  ])
  if (purpose === 'base') add([{ tag: 'DSPM', data: parameters(spec) }])
  for (const vector of records.vectors) add(vectorFields(vector, spec))
  for (const feature of records.features) add(featureFields(feature, spec, nationalLevel))
  return Buffer.concat(parts)
}

function identification(purpose: 'base' | 'update', spec: DataSetSpec): Buffer {
  const updateNumber = spec.updateNumber ?? 0
  const date = (iso: string | null) => (iso === null ? ' '.repeat(8) : iso.replaceAll('-', ''))
  return createByteSink()
    .unsigned(10, 1) // RCNM: data set general information
    .unsigned(1, 4)
    .unsigned(purpose === 'base' ? 1 : 2, 1)
    .unsigned(spec.usageBand ?? 5, 1)
    .text(`${spec.name}.${String(updateNumber).padStart(3, '0')}${UNIT_TERMINATOR}`)
    .text(`${spec.edition ?? 1}${UNIT_TERMINATOR}${updateNumber}${UNIT_TERMINATOR}`)
    .text(date(spec.updateApplicationDate ?? null))
    .text(date(spec.issueDate ?? null))
    .text('03.1')
    .unsigned(1, 1) // PRSP: ENC
    .text(`${UNIT_TERMINATOR}2.0${UNIT_TERMINATOR}`) // PSDN (none), PRED
    .unsigned(purpose === 'base' ? 1 : 2, 1)
    .unsigned(spec.producer ?? 65_535, 2)
    .text(`${spec.comment ?? ''}${UNIT_TERMINATOR}`)
    .bytes()
}

function structure(spec: DataSetSpec, { vectors, features }: DataSetRecords): Buffer {
  const kindOf = (feature: FeatureRecordSpec) => OBJECT_CLASSES.get(objectClassCode(feature.objectClass))?.kind ?? 'geo'
  const count = (kind: string) => features.filter((feature) => kindOf(feature) === kind).length
  const spatial = (kind: number) => vectors.filter((vector) => vector.kind === kind).length
  const sink = createByteSink()
    .unsigned(2, 1) // DSTR: chain-node
    .unsigned(spec.attributeLevel ?? 1, 1)
    .unsigned(spec.nationalLevel ?? 1, 1)
  for (const kind of ['meta', 'cartographic', 'geo', 'collection']) sink.unsigned(count(kind), 4)
  for (const kind of [110, 120, 130, 140]) sink.unsigned(spatial(kind), 4)
  return sink.bytes()
}

function parameters(spec: DataSetSpec): Buffer {
  return createByteSink()
    .unsigned(20, 1) // RCNM: data set geographic reference
    .unsigned(1, 4)
    .unsigned(2, 1) // HDAT: WGS 84
    .unsigned(12, 1) // VDAT: mean lower low water
    .unsigned(12, 1) // SDAT
    .unsigned(spec.compilationScale ?? 12_000, 4)
    .unsigned(1, 1) // DUNI, HUNI and PUNI: metres
    .unsigned(1, 1)
    .unsigned(1, 1)
    .unsigned(1, 1) // COUN: latitude and longitude
    .unsigned(spec.coordinateFactor ?? 10_000_000, 4)
    .unsigned(spec.soundingFactor ?? 10, 4)
    .text(UNIT_TERMINATOR)
    .bytes()
}

function vectorFields(vector: VectorRecordSpec, spec: DataSetSpec): RecordField[] {
  const instruction = vector.instruction ?? 1
  const id = createByteSink()
    .unsigned(vector.kind, 1)
    .unsigned(vector.id, 4)
    .unsigned(vector.version ?? (instruction === 1 ? 1 : 2), 2)
    .unsigned(instruction, 1)
  const fields: RecordField[] = [{ tag: 'VRID', data: id.bytes() }]
  if (vector.attributes !== undefined) fields.push({ tag: 'ATTV', data: narrowAttributes(vector.attributes) })
  if (vector.pointerEdit !== undefined) fields.push({ tag: 'VRPC', data: listEdit(vector.pointerEdit) })
  if (vector.pointers !== undefined && vector.pointers.length > 0) {
    const sink = createByteSink()
    for (const to of vector.pointers) {
      sink.unsigned(to.kind, 1).unsigned(to.id, 4).unsigned(255, 1).unsigned(255, 1).unsigned(to.topology, 1).unsigned(255, 1)
    }
    fields.push({ tag: 'VRPT', data: sink.bytes() })
  }
  if (vector.coordinateEdit !== undefined) fields.push({ tag: 'SGCC', data: listEdit(vector.coordinateEdit) })
  if (vector.coordinates !== undefined && vector.coordinates.length > 0) {
    const factor = spec.coordinateFactor ?? 10_000_000
    const depths = vector.coordinates.some((position) => position.length > 2)
    const sink = createByteSink()
    for (const [longitude = 0, latitude = 0, depth = 0] of vector.coordinates) {
      sink.signed(Math.round(latitude * factor)).signed(Math.round(longitude * factor))
      if (depths) sink.signed(Math.round(depth * (spec.soundingFactor ?? 10)))
    }
    fields.push({ tag: depths ? 'SG3D' : 'SG2D', data: sink.bytes() })
  }
  return fields
}

function featureFields(feature: FeatureRecordSpec, spec: DataSetSpec, nationalLevel: 0 | 1 | 2): RecordField[] {
  const instruction = feature.instruction ?? 1
  const code = objectClassCode(feature.objectClass)
  const isSkin = feature.primitive === 3 && SKIN_OF_THE_EARTH.has(OBJECT_CLASSES.get(code)?.acronym ?? '')
  const id = createByteSink()
    .unsigned(100, 1)
    .unsigned(feature.id, 4)
    .unsigned(feature.primitive, 1)
    .unsigned(isSkin ? 1 : 2, 1)
    .unsigned(code, 2)
    .unsigned(feature.version ?? (instruction === 1 ? 1 : 2), 2)
    .unsigned(instruction, 1)
  const identity = createByteSink()
    .unsigned(feature.agency ?? spec.producer ?? 65_535, 2)
    .unsigned(feature.featureId ?? feature.id, 4)
    .unsigned(feature.featureSubdivision ?? 1, 2)
  const fields: RecordField[] = [
    { tag: 'FRID', data: id.bytes() },
    { tag: 'FOID', data: identity.bytes() },
  ]
  if (isFilled(feature.attributes)) fields.push({ tag: 'ATTF', data: narrowAttributes(feature.attributes) })
  if (isFilled(feature.nationalAttributes)) {
    if (nationalLevel === 2) fields.push({ tag: 'NATF', data: wideAttributes(feature.nationalAttributes), wideTerminator: true })
    else fields.push({ tag: 'NATF', data: narrowAttributes(feature.nationalAttributes) })
  }
  if (feature.referenceEdit !== undefined) fields.push({ tag: 'FFPC', data: listEdit(feature.referenceEdit) })
  if (feature.references !== undefined && feature.references.length > 0) {
    const sink = createByteSink()
    for (const to of feature.references) {
      sink.unsigned(to.agency, 2).unsigned(to.featureId, 4).unsigned(to.featureSubdivision, 2)
      sink.unsigned(to.relation, 1).text(`${to.comment ?? ''}${UNIT_TERMINATOR}`)
    }
    fields.push({ tag: 'FFPT', data: sink.bytes() })
  }
  if (feature.spatialEdit !== undefined) fields.push({ tag: 'FSPC', data: listEdit(feature.spatialEdit) })
  if (feature.spatial !== undefined && feature.spatial.length > 0) {
    const sink = createByteSink()
    for (const to of feature.spatial) {
      sink.unsigned(to.kind, 1).unsigned(to.id, 4)
      sink
        .unsigned(to.orientation ?? 255, 1)
        .unsigned(to.usage ?? 255, 1)
        .unsigned(to.mask ?? 255, 1)
    }
    fields.push({ tag: 'FSPT', data: sink.bytes() })
  }
  return fields
}

const isFilled = (attributes: AttributeSpec | undefined): attributes is AttributeSpec =>
  attributes !== undefined && Object.keys(attributes).length > 0

function listEdit({ instruction, index, count }: ListEditSpec): Buffer {
  return createByteSink().unsigned(instruction, 1).unsigned(index, 2).unsigned(count, 2).bytes()
}

function narrowAttributes(attributes: AttributeSpec): Buffer {
  const sink = createByteSink()
  for (const [acronym, value] of Object.entries(attributes)) {
    const text = String(value)
    if (/[^\0-\u00ff]/.test(text))
      throw new Error(`${acronym}: ${JSON.stringify(text)} needs lexical level 2; levels 0 and 1 end at U+00FF`)
    sink.unsigned(attributeCode(acronym), 2).text(text + UNIT_TERMINATOR)
  }
  return sink.bytes()
}

function wideAttributes(attributes: AttributeSpec): Buffer {
  const parts = Object.entries(attributes).flatMap(([acronym, value]) => [
    createByteSink().unsigned(attributeCode(acronym), 2).bytes(),
    Buffer.from(`${value}${UNIT_TERMINATOR}`, 'utf16le'),
  ])
  return Buffer.concat(parts)
}

function attributeCode(acronym: string): number {
  const code = attributeByAcronym.get(acronym)?.code ?? Number(acronym)
  if (!Number.isInteger(code)) throw new Error(`${acronym} is neither an attribute of the catalogue nor a number`)
  return code
}

function objectClassCode(objectClass: string | number): number {
  if (typeof objectClass === 'number') return objectClass
  const found = objectClassByAcronym.get(objectClass)
  if (found === undefined) throw new Error(`${objectClass} is not an object class of the catalogue`)
  return found.code
}
