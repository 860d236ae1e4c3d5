import { layerOfClass } from '#compiled/format/catalogue-lookup.ts'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { OWN_CLASSES } from '#s101/own-classes.ts'
import { derivedFields, type LayerFields } from './derived-fields.ts'
import { vector } from './products/vector.ts'

export interface TileJson {
  tilejson: '3.0.0'
  name: string
  description: string
  version: string
  attribution: string
  scheme: 'xyz'
  tiles: string[]
  minzoom: number
  maxzoom: number
  bounds: [number, number, number, number]
  vector_layers: { id: string; description: string; minzoom: number; maxzoom: number; fields: LayerFields }[]
}

const OWN_LAYERS: { id: string; description: string; fields: LayerFields }[] = [
  { id: 'basemap_land', description: 'Land where no chart covers (Natural Earth)', fields: {} },
  {
    id: 'chart_cells',
    description: 'The ground that each cell draws',
    fields: {
      cell: 'String',
      edition: 'Number',
      update: 'Number',
      scale: 'Number',
      band: 'Number',
      nativeZoom: 'Number',
      finer: 'Boolean',
    },
  },
  {
    id: 'depth_boundaries',
    description: 'Where two depth areas, or one and land or unsurveyed ground, meet without a contour',
    fields: { VALDCO: 'Number', valdcoPrev: 'Number', shallowSide: 'Number', deepSide: 'Number', lowAccuracy: 'Boolean' },
  },
  {
    id: 'light_arcs',
    description: 'Arcs of light sectors and of far-reaching lights, never cut',
    fields: { COLOUR: 'Number', VALNMR: 'Number', kind: 'String', faint: 'Boolean' },
  },
  {
    id: 'light_legs',
    description: 'Legs of light sectors and of directional lights, never cut',
    fields: { COLOUR: 'Number', VALNMR: 'Number', kind: 'String', faint: 'Boolean' },
  },
  {
    id: 'light_lines',
    description: 'Legs of light sectors and of directional lights, as long as the range of the light',
    fields: { COLOUR: 'Number', VALNMR: 'Number', kind: 'String', faint: 'Boolean' },
  },
  {
    id: 'scale_boundaries',
    description: 'Where charts of two navigational purposes meet; the finer one is to the right',
    fields: { band: 'Number', coarserBand: 'Number' },
  },
]

/** Fields of the points of areas that their lines do not have: texts, and properties that concern only the point. */
const NOT_OF_LINES = new Set([
  ...['rank', 'spacing', 'size'],
  ...[...ATTRIBUTES.values()].filter(({ type }) => type === 'free text').map(({ acronym }) => acronym),
])

const NUMBERS = new Set(['enumeration', 'float', 'integer'])
const typeOf = new Map([...ATTRIBUTES.values()].map(({ acronym, type }) => [acronym, NUMBERS.has(type) ? 'Number' : 'String']))

/**
 * TileJSON 3.0.0 of the vector tiles (schema enc-v2).
 *
 * @param tileUrl with {z}, {x} and {y}.
 * @param attribution in HTML.
 */
export function describeTiles(tileUrl: string, version: string, attribution: string): TileJson {
  const zooms = { minzoom: vector.zooms.shallowest, maxzoom: vector.zooms.deepest }
  return {
    tilejson: '3.0.0',
    name: 'enc-v2',
    description: 'Electronic navigational charts; docs/tiles.md describes the layers',
    version,
    attribution,
    scheme: 'xyz',
    tiles: [tileUrl],
    ...zooms,
    bounds: [-180, -85.0511, 180, 85.0511],
    vector_layers: [
      ...chartLayers().map((layer) => ({ ...layer, ...zooms })),
      ...[...areaLayers(), ...OWN_LAYERS].map((layer) => ({ ...layer, ...zooms })),
    ],
  }
}

/** The fields that most features of classes that only S-101 has carry. */
const OWN_CLASS_FIELDS: LayerFields = Object.fromEntries(
  ['OBJNAM', 'NOBJNM', 'INFORM', 'NINFOM', 'STATUS', 'CONDTN', 'RESTRN', 'DATSTA', 'DATEND', 'PERSTA', 'PEREND', 'SCAMIN'].map(
    (name) => [name, typeOf.get(name) ?? 'String'],
  ),
)

/** One layer per object class. A class of inland charts whose acronym differs only in case shares the layer of the sea chart's class. */
function chartLayers(): { id: string; description: string; fields: LayerFields }[] {
  const layers = new Map<string, { id: string; description: string; fields: LayerFields }>()
  for (const { acronym, name, kind, attributes } of OBJECT_CLASSES.values()) {
    if (kind !== 'geo' && kind !== 'meta') continue
    const id = layerOfClass(acronym)
    const layer = layers.get(id) ?? { id, description: name, fields: extraFields(acronym) }
    for (const attribute of attributes) layer.fields[attribute] = typeOf.get(attribute) ?? 'String'
    layers.set(id, layer)
  }
  for (const { acronym, name } of OWN_CLASSES.values()) {
    layers.set(acronym, { id: acronym, description: name, fields: { ...OWN_CLASS_FIELDS, ...extraFields(acronym) } })
  }
  return [...layers.values()]
}

/** The layers with the boundaries and the middles of the areas of all classes. */
function areaLayers(): { id: string; description: string; fields: LayerFields }[] {
  const points: LayerFields = { class: 'String', rank: 'Number', spacing: 'Number', size: 'Number' }
  for (const { acronym, kind, primitives, attributes } of OBJECT_CLASSES.values()) {
    if ((kind !== 'geo' && kind !== 'meta') || !primitives.includes('area')) continue
    Object.assign(points, extraFields(acronym))
    for (const attribute of attributes) points[attribute] = typeOf.get(attribute) ?? 'String'
  }
  const lines = Object.fromEntries(Object.entries(points).filter(([name]) => !NOT_OF_LINES.has(name)))
  return [
    { id: 'area_lines', description: 'Boundaries of areas, as far as they are drawn', fields: lines },
    { id: 'area_points', description: 'Points for the symbols and names of areas', fields: points },
  ]
}

function extraFields(acronym: string): LayerFields {
  const derived = derivedFields(acronym.toUpperCase())
  if (acronym === 'SOUNDG') return { ...derived, DEPTH: 'Number' }
  if (acronym === 'DEPCNT') return { ...derived, valdcoPrev: 'Number', shallowSide: 'Number', deepSide: 'Number' }
  return derived
}
