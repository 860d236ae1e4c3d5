import type { Map as MapLibreMap } from 'maplibre-gl'
import { isRecord } from '../../api/errors.ts'
import type { StyleDocument, StyleLayer } from '../map/chart-document.ts'
import { filled, type SlotColours, slotsIn } from './slot-style.ts'

/** How far from a click an object may lie, in pixels. */
const REACH = 3
/** The background of the whole map, which is below every layer. */
const BACKGROUND = 'NODTA'

/** The slots that paint what lies at a pixel of a map, the uppermost first, each once. */
export function foundSlots(map: MapLibreMap, document: StyleDocument, colours: SlotColours, [x, y]: [number, number]): string[] {
  const layers = new Map(document.layers.map((layer) => [layer.id, layer]))
  const found = new Set<string>()
  const box: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ]
  for (const { layer } of map.queryRenderedFeatures(box, { validate: false })) {
    const own = layers.get(layer.id)
    if (own === undefined) continue
    const drawn = isRecord(layer.paint) ? layer.paint : {}
    for (const slot of slotsOfObject(own, drawn, colours)) found.add(slot)
  }
  return found.size === 0 ? [BACKGROUND] : [...found]
}

/**
 * The slots that paint one object of a layer. Where the layer chooses a colour by object, only those whose colour the object has.
 * @param drawn paint of the object, with its colours as `{ r, g, b, a }` from 0 to 1.
 */
export function slotsOfObject(layer: StyleLayer, drawn: Record<string, unknown>, colours: SlotColours): string[] {
  const paint = isRecord(layer['paint']) ? layer['paint'] : {}
  return Object.entries(paint).flatMap(([property, value]) => {
    const slots = [...slotsIn(value)]
    const colour = hexOf(drawn[property])
    const exact = slots.filter((slot) => filled(`$${slot}`, colours) === colour)
    return exact.length > 0 ? exact : slots
  })
}

function hexOf(colour: unknown): string | null {
  if (!isRecord(colour)) return null
  const { r, g, b, a } = colour
  if (typeof r !== 'number' || typeof g !== 'number' || typeof b !== 'number' || typeof a !== 'number' || a === 0) return null
  // MapLibre multiplies each component by the opacity.
  const part = (value: number) =>
    Math.round((value / a) * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${part(r)}${part(g)}${part(b)}`
}
