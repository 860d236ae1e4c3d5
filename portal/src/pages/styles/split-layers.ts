import type { StyleDocument, StyleLayer } from '../map/chart-document.ts'

type PaintedLayer = StyleLayer & { paint?: Record<string, unknown>; filter?: unknown }

/** The colour of the kinds of layers that are split. Symbols are not: theirs would be placed in another order. */
const COLOUR_OF: Readonly<Record<string, string>> = { fill: 'fill-color', line: 'line-color' }

/**
 * Parts each layer that chooses its colour by object into one layer for each colour. MapLibre then changes a colour within a frame, and
 * otherwise would lay all tiles out again.
 *
 * @param document a style with slots.
 */
export function splitLayers(document: StyleDocument): StyleDocument {
  return { ...document, layers: document.layers.flatMap(split) }
}

function split(layer: PaintedLayer): StyleLayer[] {
  const property = COLOUR_OF[layer.type]
  const value = property === undefined ? undefined : layer.paint?.[property]
  if (property === undefined || !Array.isArray(value)) return [layer]
  const colours = coloursOf(value)
  if (colours === null) return [layer]
  return [...new Set(colours)].map((colour, index) => ({
    ...layer,
    id: `${layer.id}/${index}`,
    filter: layer.filter === undefined ? ['==', value, colour] : ['all', layer.filter, ['==', value, colour]],
    paint: { ...layer.paint, [property]: colour },
  }))
}

/** All that an expression can come to; null when it computes colours, so that it cannot be compared as a text. */
function coloursOf(value: unknown): string[] | null {
  if (typeof value === 'string') return /^[$#]/.test(value) ? [value] : null
  if (!Array.isArray(value)) return null
  const [operator, ...rest] = value as unknown[]
  if (operator === 'case') return joined(rest.filter((_, index) => index % 2 === 1 || index === rest.length - 1))
  if (operator === 'match') return joined(rest.filter((_, index) => (index > 0 && index % 2 === 0) || index === rest.length - 1))
  if (operator === 'step') return joined(rest.filter((_, index) => index % 2 === 1))
  if (operator === 'let') return joined(rest.slice(-1))
  return null
}

function joined(outputs: readonly unknown[]): string[] | null {
  const all: string[] = []
  for (const output of outputs) {
    const colours = coloursOf(output)
    if (colours === null) return null
    all.push(...colours)
  }
  return all
}
