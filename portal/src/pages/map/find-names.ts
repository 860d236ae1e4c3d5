import type { Map as MapLibreMap } from 'maplibre-gl'
import { type Position, wrapped } from './rhumb.ts'

export interface NamedObject {
  name: string
  position: Position
}

const MOST = 12

/** Objects of the tiles on screen whose name contains a text; those that begin with it come first. */
export function searchNames(map: MapLibreMap, text: string): NamedObject[] {
  const wanted = text.trim().toLowerCase()
  if (wanted.length < 2 || map.getSource('enc') === undefined) return []
  const layers = new Set(map.getStyle().layers.flatMap((layer) => ('source-layer' in layer ? [layer['source-layer'] ?? ''] : [])))
  const found = new Map<string, NamedObject>()
  for (const sourceLayer of [...layers].filter((name) => name.startsWith('s57_') || name === 'area_points')) {
    for (const { properties, geometry } of map.querySourceFeatures('enc', {
      sourceLayer,
      filter: ['has', 'OBJNAM'],
      validate: false,
    })) {
      const name = String(properties['OBJNAM'])
      const place = firstPoint(geometry)
      if (place === null || found.has(name) || !name.toLowerCase().includes(wanted)) continue
      found.set(name, { name, position: { longitude: wrapped(place[0]), latitude: place[1] } })
    }
  }
  return rankNames([...found.values()], wanted).slice(0, MOST)
}

/** Names that begin with a text first, then by the alphabet. */
function rankNames(objects: readonly NamedObject[], wanted: string): NamedObject[] {
  const late = ({ name }: NamedObject) => (name.toLowerCase().startsWith(wanted) ? 0 : 1)
  return objects.toSorted((a, b) => late(a) - late(b) || a.name.localeCompare(b.name, 'en', { numeric: true }))
}

function firstPoint(geometry: unknown): [number, number] | null {
  let inner: unknown = (geometry as { coordinates?: unknown }).coordinates
  while (Array.isArray(inner) && Array.isArray(inner[0])) inner = inner[0]
  return Array.isArray(inner) && typeof inner[0] === 'number' && typeof inner[1] === 'number' ? [inner[0], inner[1]] : null
}
