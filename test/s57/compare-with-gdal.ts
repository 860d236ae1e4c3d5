import type { Geometry, Position } from '#s57/geometry.ts'
import type { Cell, Feature } from '#s57/read-cell.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import type { GdalFeature, GdalLayer } from './gdal.ts'

/** Layers of GDAL that are not object classes. */
const notClasses = new Set(['DSID', 'IsolatedNode', 'ConnectedNode', 'Edge', 'Face'])
const mostDifferences = 20

/**
 * Describes the differences between a cell and GDAL's reading of it: number of features by class; identity, attributes and references
 * of each feature; and geometry on a grid of 1e-7 degrees, ignoring the first corner and direction of rings.
 */
export function differencesFrom(layers: readonly GdalLayer[], cell: Cell): string[] {
  const found: string[] = []
  const ours = new Map<number, Feature>()
  const counts = new Map<string, number>()
  for (const feature of cell.features()) {
    ours.set(feature.recordId, feature)
    counts.set(feature.acronym, (counts.get(feature.acronym) ?? 0) + 1)
  }
  for (const layer of layers) {
    if (notClasses.has(layer.name)) continue
    const count = counts.get(layer.name) ?? 0
    counts.delete(layer.name)
    if (count !== layer.features.length) found.push(`${layer.name}: ${count} features, GDAL has ${layer.features.length}`)
    const fields = new Set(layer.fields.map(({ name }) => name))
    for (const theirs of layer.features) {
      const id = Number(theirs.properties['RCID'])
      const own = ours.get(id)
      if (own === undefined) found.push(`${layer.name}: GDAL has feature ${id}, which is missing`)
      else found.push(...featureDifferences(own, theirs, fields).map((what) => `${layer.name} feature ${id}: ${what}`))
      if (found.length > mostDifferences) return found
    }
  }
  for (const [acronym, count] of counts) found.push(`${acronym}: ${count} features, GDAL has none`)
  return found
}

function featureDifferences(own: Feature, theirs: GdalFeature, fields: ReadonlySet<string>): string[] {
  const found: string[] = []
  const same = (what: string, ownValue: unknown, theirValue: unknown) => {
    if (ownValue !== theirValue) found.push(`${what} is ${JSON.stringify(ownValue)}, GDAL has ${JSON.stringify(theirValue)}`)
  }
  const { properties } = theirs
  const primitives = new Map([
    ['point', 1],
    ['line', 2],
    ['area', 3],
    ['none', 255],
  ])
  same('PRIM', primitives.get(own.primitive), properties['PRIM'])
  same('OBJL', own.objectClass, properties['OBJL'])
  same('LNAM', longName(own), properties['LNAM'])
  same('LNAM_REFS', own.references.map(longName).join(), listOf(properties['LNAM_REFS']))
  same('FFPT_RIND', own.references.map(({ relation }) => relation).join(), listOf(properties['FFPT_RIND']))

  const attributes = new Map([...own.attributes, ...own.nationalAttributes])
  for (const acronym of fields) {
    if (/^(RCID|PRIM|GRUP|OBJL|RVER|AGEN|FIDN|FIDS|LNAM|LNAM_REFS|FFPT_RIND)$/.test(acronym)) continue
    const value = attributes.get(acronym)
    const theirValue = properties[acronym]
    const text = Array.isArray(theirValue) ? theirValue.join() : (theirValue ?? undefined)
    if (value === undefined) {
      same(acronym, value, text)
    } else if (value === '') {
      // GDAL omits empty values of numbers.
      if (text !== undefined && text !== '') same(acronym, value, theirValue)
    } else if (typeof theirValue === 'number') {
      same(acronym, Number(value), theirValue)
    } else {
      // GDAL omits empty list members, although their position matters: NATQUA ',4' qualifies the second member of NATSUR.
      same(acronym, Array.isArray(theirValue) ? value.split(',').filter(Boolean).join() : value, text)
    }
  }
  // Attributes without a field in the layer are skipped: GDAL does not expect them in the class and drops them with a warning.

  const geometry = canonical(geoJsonOf(own))
  const theirGeometry = canonical(theirs.geometry as Geometry | null)
  if (geometry !== theirGeometry) found.push(`geometry is ${shorten(geometry)}, GDAL has ${shorten(theirGeometry)}`)
  return found
}

function longName(feature: { agency: number; featureId: number; featureSubdivision: number }): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
  return hex(feature.agency, 4) + hex(feature.featureId, 8) + hex(feature.featureSubdivision, 4)
}

function listOf(value: unknown): string {
  return Array.isArray(value) ? value.join() : ''
}

/** Returns a text that is equal for geometries that are equal on the grid. */
function canonical(geometry: Geometry | null): string {
  if (geometry === null) return 'none'
  switch (geometry.type) {
    case 'Point':
      return `Point ${at(geometry.coordinates)}`
    case 'MultiPoint':
    case 'LineString':
      return `${geometry.type} ${geometry.coordinates.map(at).join(' ')}`
    case 'MultiLineString':
      return `MultiLineString ${geometry.coordinates.map((part) => part.map(at).join(' ')).join(' / ')}`
    case 'Polygon':
      return `Polygon ${polygon(geometry.coordinates)}`
    case 'MultiPolygon':
      return `MultiPolygon ${geometry.coordinates.map(polygon).sort().join(' // ')}`
  }
}

function polygon([outer, ...holes]: Position[][]): string {
  return [ringText(outer ?? []), ...holes.map(ringText).sort()].join(' / ')
}

/** Lists the corners from the smallest one, in the direction with the smaller text. */
function ringText(ring: readonly Position[]): string {
  const corners = ring.slice(0, -1).map(at)
  const least = [...new Set(corners)].sort()[0]
  let best: string | null = null
  for (const [i, corner] of corners.entries()) {
    if (corner !== least) continue
    const forward = [...corners.slice(i), ...corners.slice(0, i)]
    const backward = [corner, ...forward.slice(1).reverse()]
    for (const text of [forward.join(' '), backward.join(' ')]) if (best === null || text < best) best = text
  }
  return best ?? ''
}

/** Degrees on the grid of 1e-7, depth in millimetres. */
function at(position: Position): string {
  const grid = `${Math.round(position[0]! * 1e7)},${Math.round(position[1]! * 1e7)}`
  return position.length > 2 ? `${grid},${Math.round(position[2]! * 1000)}` : grid
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}... (${text.length} characters)` : text
}
