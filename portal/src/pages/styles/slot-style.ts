import type { StyleDocument, StyleLayer } from '../map/chart-document.ts'

/** Colours to fill in. */
export interface SlotColours {
  /** The colour that was chosen for a slot; undefined when it has that of the theme. */
  chosen(slot: string): string | undefined
  /** The colour of the theme. */
  theme(slot: string): string
  /** All that were chosen: slot to `#rrggbb`. */
  all: Readonly<Record<string, string>>
}

/** A paint property of a layer that names slots. */
export interface SlotUse {
  layer: string
  property: string
  /** With slots in place of colours. */
  value: unknown
}

/**
 * Fills in the slots of a value of `POST /api/v1/styles/preview` with `colours: slots`: `$LANDA`, or `$CHBLK?#364147`, the second colour
 * unless the slot was chosen.
 */
export function filled(value: unknown, colours: SlotColours): unknown {
  if (Array.isArray(value)) return value.map((part) => filled(part, colours))
  if (typeof value !== 'string' || !value.startsWith('$')) return value
  const [slot = '', otherwise] = value.slice(1).split('?')
  return colours.chosen(slot) ?? (otherwise === undefined ? colours.theme(slot) : filled(otherwise, colours))
}

/** The whole style with its colours. */
export function filledStyle(document: StyleDocument, colours: SlotColours): StyleDocument {
  const layers = document.layers.map((layer) =>
    layer['paint'] === undefined ? layer : { ...layer, paint: filledPaint(layer['paint'] as object, colours) },
  )
  return { ...document, ...spriteMember(document, colours), layers: layers as StyleLayer[] }
}

const spriteMember = (document: StyleDocument, colours: SlotColours) => {
  const sprite = spriteOf(document, colours)
  return sprite === undefined ? {} : { sprite }
}

/** The address of the symbols in the chosen colours: that of the document, unless some were chosen. */
export function spriteOf({ sprite, metadata }: StyleDocument, { all }: SlotColours): string | undefined {
  const coloured = (metadata as Record<string, unknown> | undefined)?.['chartroom:colouredSprite']
  const parts = Object.entries(all).map(([slot, colour]) => `${slot}-${colour.slice(1)}`)
  if (typeof coloured === 'string' && parts.length > 0) return coloured.replace('{colours}', parts.toSorted().join('.'))
  return typeof sprite === 'string' ? sprite : undefined
}

function filledPaint(paint: object, colours: SlotColours): object {
  return Object.fromEntries(Object.entries(paint).map(([property, value]) => [property, filled(value, colours)]))
}

/** Where each slot is used. */
export function usesOf({ layers }: StyleDocument): Map<string, SlotUse[]> {
  const uses = new Map<string, SlotUse[]>()
  for (const { id, paint } of layers as (StyleLayer & { paint?: Record<string, unknown> })[]) {
    for (const [property, value] of Object.entries(paint ?? {})) {
      for (const slot of slotsIn(value)) uses.set(slot, [...(uses.get(slot) ?? []), { layer: id, property, value }])
    }
  }
  return uses
}

/** The slots that a value names, each once. */
export function slotsIn(value: unknown): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((part) => [...slotsIn(part)]))
  if (typeof value !== 'string' || !value.startsWith('$')) return new Set()
  return new Set(value.split('?').flatMap((part) => (part.startsWith('$') ? [part.slice(1)] : [])))
}

/** A slot as texts are written with it, which may be brighter in the dark: `$CHBLK?#364147`. */
export function textOf({ layers }: StyleDocument, slot: string): string {
  for (const { paint } of layers as (StyleLayer & { paint?: Record<string, unknown> })[]) {
    const found = textIn(paint?.['text-color'], slot)
    if (found !== null) return found
  }
  return `$${slot}`
}

function textIn(value: unknown, slot: string): string | null {
  if (typeof value === 'string') return value === `$${slot}` || value.startsWith(`$${slot}?`) ? value : null
  if (!Array.isArray(value)) return null
  for (const part of value) {
    const found = textIn(part, slot)
    if (found !== null) return found
  }
  return null
}
