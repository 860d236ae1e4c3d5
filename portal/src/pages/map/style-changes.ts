import { PICKED, type StyleDocument, type StyleLayer } from './chart-document.ts'

/** One setting of a layer that differs between two styles; a property without a value is reset. */
export type StyleChange =
  | { kind: 'filter'; layer: string; value: unknown }
  | { kind: 'paint' | 'layout'; layer: string; property: string; value: unknown }

/** Members of a style that do not change what a map shows. */
const INERT = ['name', 'metadata', 'center', 'zoom']

/**
 * The changes of filters, paint and layout that turn one style into another. What is picked is left out, because the map sets it
 * separately.
 * @returns the changes, or null when the styles differ in anything else, such as their layers, sources or sprite.
 */
export function styleChanges(from: StyleDocument, to: StyleDocument): StyleChange[] | null {
  if (from.layers.length !== to.layers.length || !isSame(withoutLayers(from), withoutLayers(to))) return null
  const changes: StyleChange[] = []
  for (const [index, layer] of to.layers.entries()) {
    const before = from.layers[index]
    if (before === undefined || !isSame(frameOf(before), frameOf(layer))) return null
    if (!isSame(before['filter'], layer['filter'])) changes.push({ kind: 'filter', layer: layer.id, value: layer['filter'] })
    for (const kind of ['paint', 'layout'] as const) {
      const old = (before[kind] ?? {}) as Record<string, unknown>
      const next = (layer[kind] ?? {}) as Record<string, unknown>
      for (const property of new Set([...Object.keys(old), ...Object.keys(next)]))
        if (!isSame(old[property], next[property])) changes.push({ kind, layer: layer.id, property, value: next[property] })
    }
  }
  return changes
}

function withoutLayers({ layers: _layers, sources, ...rest }: StyleDocument): unknown {
  const seen = Object.entries(rest).filter(([key]) => !INERT.includes(key))
  return [seen, Object.entries(sources).filter(([name]) => name !== PICKED)]
}

function frameOf({ filter: _filter, paint: _paint, layout: _layout, metadata: _metadata, ...frame }: StyleLayer): unknown {
  return frame
}

/** Both come from the same server, which writes members in a fixed order. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
