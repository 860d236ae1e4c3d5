import { PbfWriter } from 'pbf'
import { EXTENT } from '#geo/tile-grid.ts'
import { type GeometryCommands, geometryCommands } from './geometry-commands.ts'
import type { TileFeature, TileLayer, TileValue } from './tile-layer.ts'

const VERSION = 2
const GEOMETRY_TYPES = { point: 1, line: 2, polygon: 3 } as const

/** Writes a vector tile (MVT 2.1). Leaves out layers without features, so a tile without features is zero bytes. */
export function encodeTile(layers: readonly TileLayer[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const layer of layers) if (layer.features.length > 0) pbf.writeMessage(3, writeLayer, layer)
  // `finish` returns a view of the writer's larger buffer.
  return pbf.finish().slice()
}

function writeLayer(layer: TileLayer, pbf: PbfWriter): void {
  const keys = new Map<string, number>()
  // A number and a string that look alike are different values; Map tells them apart.
  const values = new Map<TileValue, number>()
  pbf.writeVarintField(15, VERSION)
  pbf.writeStringField(1, layer.name)
  for (const feature of layer.features) pbf.writeMessage(2, writeFeature, { feature, keys, values })
  for (const key of keys.keys()) pbf.writeStringField(3, key)
  for (const value of values.keys()) pbf.writeMessage(4, writeValue, value)
  pbf.writeVarintField(5, EXTENT)
}

interface FeatureToWrite {
  feature: TileFeature
  keys: Map<string, number>
  values: Map<TileValue, number>
}

function writeFeature({ feature, keys, values }: FeatureToWrite, pbf: PbfWriter): void {
  if (feature.id !== null) pbf.writeVarintField(1, feature.id)
  const tags: number[] = []
  for (const [key, value] of feature.properties) tags.push(indexIn(keys, key), indexIn(values, value))
  if (tags.length > 0) pbf.writePackedVarint(2, tags)
  pbf.writeVarintField(3, GEOMETRY_TYPES[feature.geometry.type])
  pbf.writeMessage(4, writeCommands, geometryCommands(feature.geometry))
}

function writeCommands({ values, count }: GeometryCommands, pbf: PbfWriter): void {
  for (let i = 0; i < count; i++) pbf.writeVarint(values[i]!)
}

function indexIn<T>(dictionary: Map<T, number>, entry: T): number {
  const known = dictionary.get(entry)
  if (known !== undefined) return known
  const index = dictionary.size
  dictionary.set(entry, index)
  return index
}

function writeValue(value: TileValue, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value)
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value)
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(3, value)
  else if (value >= 0) pbf.writeVarintField(5, value)
  else pbf.writeSVarintField(6, value)
}
