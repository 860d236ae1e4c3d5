import { Buffer } from 'node:buffer'
import { encodeRecord, type RecordField } from '#iso8211/encode-record.ts'
import type { Position } from '#s57/geometry.ts'
import { createByteSink } from '#s57/writer/byte-sink.ts'
import type { ListEditSpec } from '#s57/writer/cell-spec.ts'
import { type CodeTables, type CodeTableTag, createCodeTables } from './code-tables.ts'
import type {
  AttributeSpec,
  DatasetHeaderSpec,
  DatasetRecordsSpec,
  FeatureRecordSpec,
  InformationRecordSpec,
  LinkSpec,
  SpatialRecordSpec,
} from './dataset-spec.ts'
import { datasetDescription } from './descriptive-record.ts'

interface Factors {
  coordinateFactor: number
  soundingFactor: number
}

/** CRIX of the vertical system. */
const VERTICAL = 2

/** Encodes the records of a base or an update as a file. `update` writes PROF 2 and no reference systems. */
export function encodeDataset(spec: DatasetRecordsSpec, update: boolean): Buffer {
  const { information = [], spatial = [], features = [] } = spec
  const tables = createCodeTables(spec.firstCode ?? 1)
  const factors = { coordinateFactor: spec.coordinateFactor ?? 10_000_000, soundingFactor: spec.soundingFactor ?? 10 }
  const records = [
    ...information.map((record) => informationFields(record, tables)),
    ...[...spatial].sort((a, b) => a.kind - b.kind).map((record) => spatialFields(record, tables, factors)),
    ...features.map((record) => featureFields(record, tables)),
  ]
  const counts = [
    information.length,
    ...[110, 115, 120, 125, 130].map((kind) => spatial.filter((each) => each.kind === kind).length),
  ]
  const header = [identification(spec, update), structure(factors, [...counts, features.length]), ...tables.fields()]
  const all = update ? [header, ...records] : [header, referenceSystems(), ...records]
  return Buffer.concat([datasetDescription(), ...all.map((fields) => encodeRecord('data', fields))])
}

function identification(spec: DatasetHeaderSpec, update: boolean): RecordField {
  const { edition = 1, updateNumber = 0 } = spec
  const name = `${spec.name}.${String(updateNumber).padStart(3, '0')}`
  const specification = spec.specification ?? 'INT.IHO.S-101.2.0.0'
  const texts = ['S-100 Part 10a', '5.2', specification, '2.0.0', update ? '2' : '1', name, spec.title ?? '']
  const stated = edition === 0 ? '0' : update || updateNumber > 0 ? `${edition}.${updateNumber}` : String(edition)
  const bytes = Buffer.concat([
    createByteSink().unsigned(10, 1).unsigned(1, 4).bytes(),
    Buffer.from(texts.map((text) => `${text}\x1f`).join(''), 'utf8'),
    Buffer.from(spec.referenceDate ?? '20260101', 'latin1'),
    Buffer.from(`eng\x1f\x1f${stated}\x1f`, 'utf8'),
    Buffer.from([14, 18]),
  ])
  return { tag: 'DSID', data: bytes }
}

function structure({ coordinateFactor, soundingFactor }: Factors, counts: readonly number[]): RecordField {
  const sink = createByteSink()
  for (const factor of [coordinateFactor, coordinateFactor, soundingFactor]) sink.unsigned(factor, 4)
  for (const count of counts) sink.unsigned(count, 4)
  return { tag: 'DSSI', data: Buffer.concat([Buffer.alloc(24), sink.bytes()]) }
}

function referenceSystems(): RecordField[] {
  const header = (index: number, kind: number, axes: number, name: string): RecordField => ({
    tag: 'CRSH',
    data: createByteSink()
      .unsigned(index, 1)
      .unsigned(kind, 1)
      .unsigned(axes, 1)
      .text(`${name}\x1f\x1f`)
      .unsigned(255, 1)
      .text('\x1f')
      .bytes(),
  })
  return [
    { tag: 'CSID', data: createByteSink().unsigned(15, 1).unsigned(1, 4).unsigned(2, 1).bytes() },
    header(1, 1, 1, 'WGS84'),
    header(VERTICAL, 5, 3, 'Depth - Lowest Astronomical Tide'),
    { tag: 'CSAX', data: Buffer.from([12, 4]) },
    { tag: 'VDAT', data: Buffer.from('Lowest Astronomical Tide\x1f23\x1f\x02\x1f', 'latin1') },
  ]
}

function informationFields(record: InformationRecordSpec, tables: CodeTables): RecordField[] {
  const id = createByteSink().unsigned(150, 1).unsigned(record.id, 4).unsigned(tables.number('ITCS', record.type), 2)
  return [
    { tag: 'IRID', data: withVersion(id, record) },
    ...attributeFields(record.attributes, tables),
    ...linkFields('INAS', record.information, tables),
  ]
}

function withVersion(
  sink: ReturnType<typeof createByteSink>,
  { version, instruction = 1 }: { version?: number; instruction?: number },
) {
  return sink
    .unsigned(version ?? (instruction === 1 ? 1 : 2), 2)
    .unsigned(instruction, 1)
    .bytes()
}

const IDENTIFIERS = { 110: 'PRID', 115: 'MRID', 120: 'CRID', 125: 'CCID', 130: 'SRID' } as const

function spatialFields(record: SpatialRecordSpec, tables: CodeTables, factors: Factors): RecordField[] {
  const { kind, endPoints, coordinateEdit, coordinates, members, memberEdit } = record
  const fields: RecordField[] = [
    { tag: IDENTIFIERS[kind], data: withVersion(createByteSink().unsigned(kind, 1).unsigned(record.id, 4), record) },
    ...linkFields('INAS', record.information, tables),
  ]
  if (endPoints !== undefined) {
    const sink = createByteSink()
    for (const { id, topology } of endPoints) sink.unsigned(110, 1).unsigned(id, 4).unsigned(topology, 1)
    fields.push({ tag: 'PTAS', data: sink.bytes() })
  }
  if (kind === 120 && coordinateEdit !== undefined) {
    fields.push({ tag: 'SECC', data: listEdit({ instruction: 3, index: 1, count: 1 }) })
  }
  if (kind === 120 && (coordinates !== undefined || coordinateEdit !== undefined))
    fields.push({ tag: 'SEGH', data: Buffer.from([4]) })
  if (coordinateEdit !== undefined) fields.push({ tag: 'COCC', data: listEdit(coordinateEdit) })
  if (coordinates !== undefined) fields.push(coordinateField(kind, coordinates, factors))
  if (memberEdit !== undefined) fields.push({ tag: 'CCOC', data: listEdit(memberEdit) })
  if (members !== undefined) {
    const sink = createByteSink()
    for (const member of members) {
      sink
        .unsigned(member.kind, 1)
        .unsigned(member.id, 4)
        .unsigned(member.orientation ?? 1, 1)
      if (kind === 130) sink.unsigned(member.usage ?? 1, 1).unsigned(member.instruction ?? 1, 1)
    }
    fields.push({ tag: kind === 130 ? 'RIAS' : 'CUCO', data: sink.bytes() })
  }
  return fields
}

function coordinateField(
  kind: number,
  positions: readonly Position[],
  { coordinateFactor, soundingFactor }: Factors,
): RecordField {
  const depths = positions.some((position) => position.length > 2)
  const sink = createByteSink()
  if (depths) sink.unsigned(VERTICAL, 1)
  for (const [longitude = 0, latitude = 0, depth = 0] of positions) {
    sink.signed(Math.round(latitude * coordinateFactor)).signed(Math.round(longitude * coordinateFactor))
    if (depths) sink.signed(Math.round(depth * soundingFactor))
  }
  return { tag: `C${depths ? 3 : 2}I${kind === 110 ? 'T' : 'L'}`, data: sink.bytes() }
}

function featureFields(record: FeatureRecordSpec, tables: CodeTables): RecordField[] {
  const id = createByteSink().unsigned(100, 1).unsigned(record.id, 4).unsigned(tables.number('FTCS', record.type), 2)
  const identity = createByteSink()
    .unsigned(record.agency ?? 65_535, 2)
    .unsigned(record.featureId ?? record.id, 4)
    .unsigned(record.featureSubdivision ?? 1, 2)
  const fields: RecordField[] = [
    { tag: 'FRID', data: withVersion(id, record) },
    { tag: 'FOID', data: identity.bytes() },
    ...attributeFields(record.attributes, tables),
    ...linkFields('INAS', record.information, tables),
  ]
  if (record.spatial !== undefined && record.spatial.length > 0) {
    const sink = createByteSink()
    for (const to of record.spatial) {
      sink
        .unsigned(to.kind, 1)
        .unsigned(to.id, 4)
        .unsigned(to.orientation ?? 255, 1)
      sink
        .unsigned(0xffff_ffff, 4)
        .unsigned(0, 4)
        .unsigned(to.instruction ?? 1, 1)
    }
    fields.push({ tag: 'SPAS', data: sink.bytes() })
  }
  fields.push(...linkFields('FASC', record.associations, tables))
  if (record.masks !== undefined && record.masks.length > 0) {
    const sink = createByteSink()
    for (const mask of record.masks) {
      sink
        .unsigned(mask.kind, 1)
        .unsigned(mask.id, 4)
        .unsigned(mask.how, 1)
        .unsigned(mask.instruction ?? 1, 1)
    }
    fields.push({ tag: 'MASK', data: sink.bytes() })
  }
  return fields
}

function attributeFields(attributes: readonly AttributeSpec[] | undefined, tables: CodeTables): RecordField[] {
  if (attributes === undefined || attributes.length === 0) return []
  const parts: Buffer[] = []
  const add = (siblings: readonly AttributeSpec[], parent: number): void => {
    const counts = new Map<string, number>()
    for (const { name, value = '', children = [], index, instruction = 1 } of siblings) {
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      const sink = createByteSink().unsigned(tables.number('ATCS', name), 2)
      sink
        .unsigned(index ?? count, 2)
        .unsigned(parent, 2)
        .unsigned(instruction, 1)
      parts.push(Buffer.concat([sink.bytes(), Buffer.from(`${value}\x1f`, 'utf8')]))
      add(children, parts.length)
    }
  }
  add(attributes, 0)
  return [{ tag: 'ATTR', data: Buffer.concat(parts) }]
}

function linkFields(tag: 'INAS' | 'FASC', links: readonly LinkSpec[] | undefined, tables: CodeTables): RecordField[] {
  const [kind, table]: [number, CodeTableTag] = tag === 'INAS' ? [150, 'IACS'] : [100, 'FACS']
  return (links ?? []).map(({ id, association, role, instruction = 1 }) => ({
    tag,
    data: createByteSink()
      .unsigned(kind, 1)
      .unsigned(id, 4)
      .unsigned(tables.number(table, association), 2)
      .unsigned(tables.number('ARCS', role), 2)
      .unsigned(instruction, 1)
      .bytes(),
  }))
}

function listEdit({ instruction, index, count }: ListEditSpec): Buffer {
  return createByteSink().unsigned(instruction, 1).unsigned(index, 2).unsigned(count, 2).bytes()
}
