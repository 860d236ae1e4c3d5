import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { Pen } from '#portrayal/palette/pen.ts'
import type { LayerDraft } from './layer-draft.ts'
import { layerOf } from './layer-draft.ts'
import type { StyleOptions } from './style-options.ts'

const TOKENS_KEY = 'chartroom:tokens'

/**
 * Prepared drafts as layers in paint order, with ids, colours and visibility. Layers of a class are `s57_<acronym>`, `s57_<acronym>_2` and so on in the
 * order of the drafts, so an id does not depend on the other classes.
 */
export function finishLayers(
  drafts: readonly LayerDraft[],
  pen: Pen,
  { hideLayers, showLayers }: StyleOptions,
): LayerSpecification[] {
  const counts = new Map<string, number>()
  const named = drafts.map((draft) => {
    const base = draft.name === draft.name.toUpperCase() ? layerOf(draft.name) : draft.name
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return { id: count === 1 ? base : `${base}_${count}`, draft }
  })
  const visibility = new Set(showLayers)
  const hidden = new Set(hideLayers)
  const isVisible = (id: string, draft: LayerDraft) =>
    !hidden.has(id) && (visibility.size > 0 ? visibility.has(id) : draft.hidden !== true)
  return named
    .map((each, index) => ({ ...each, index }))
    .sort((a, b) => a.draft.order - b.draft.order || a.index - b.index)
    .map(({ id, draft }) => finish(id, draft, pen, isVisible(id, draft)))
}

function finish(id: string, draft: LayerDraft, pen: Pen, visible: boolean): LayerSpecification {
  const { type, source, sourceLayer, filter, minzoom } = draft
  const { paint, tokens } = painted(draft, pen)
  const layout = visible ? draft.layout : { ...draft.layout, visibility: 'none' }
  const layer = {
    id,
    type,
    ...(source !== null && { source }),
    ...(sourceLayer !== undefined && { 'source-layer': sourceLayer }),
    ...(minzoom !== undefined && { minzoom }),
    ...(filter !== undefined && filter !== null && { filter }),
    ...(layout !== undefined && Object.keys(layout).length > 0 && { layout }),
    ...(paint !== null && { paint }),
    metadata: { [TOKENS_KEY]: tokens },
  }
  return layer as LayerSpecification
}

interface Painted {
  /** Null for a layer without it. */
  paint: object | null
  /** The tokens of its colours, in order. */
  tokens: readonly string[]
}

const known = new WeakMap<LayerDraft, WeakMap<Pen, Painted>>()

/** Styles share drafts and pens, so they share the coloured values too. */
function painted(draft: LayerDraft, pen: Pen): Painted {
  const byPen = known.get(draft) ?? new WeakMap<Pen, Painted>()
  known.set(draft, byPen)
  const done = byPen.get(pen) ?? paintWith(draft.paint ?? {}, pen)
  byPen.set(pen, done)
  return done
}

function paintWith(properties: object, pen: Pen): Painted {
  const tokens = new Set<string>()
  const entries = Object.entries(properties).map(([key, value]) => {
    const toColour = (name: string) => {
      const { token, colour } = pen.colour(name, key === 'text-color')
      tokens.add(token)
      return colour
    }
    return [key, colour(value, toColour)]
  })
  return { paint: entries.length === 0 ? null : Object.fromEntries(entries), tokens: [...tokens].sort() }
}

/** Replaces every `$TOKEN` within a value by its colour; a value without one stays the same object. */
function colour(value: unknown, toColour: (token: string) => string): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return toColour(value.slice(1))
  if (!Array.isArray(value)) return value
  const parts: unknown[] = value.map((part) => colour(part, toColour))
  return parts.every((part, at) => part === value[at]) ? value : parts
}
