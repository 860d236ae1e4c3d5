import { beyondValues } from './declared-values.ts'

/**
 * The part of the style specification that the painter implements: the properties of each type of layer. A style that uses any other
 * one is refused, so that raster tiles never leave something out silently.
 */
export const DECLARED_SUBSET: Readonly<Record<string, { layout: readonly string[]; paint: readonly string[] }>> = {
  background: { layout: ['visibility'], paint: ['background-color', 'background-pattern'] },
  fill: { layout: ['visibility'], paint: ['fill-antialias', 'fill-color', 'fill-opacity', 'fill-pattern'] },
  line: { layout: ['visibility'], paint: ['line-color', 'line-dasharray', 'line-pattern', 'line-width'] },
  symbol: {
    layout: [
      'visibility',
      'icon-allow-overlap',
      'icon-ignore-placement',
      'icon-image',
      'icon-rotate',
      'icon-rotation-alignment',
      'icon-text-fit',
      'icon-text-fit-padding',
      'symbol-placement',
      'symbol-sort-key',
      'text-allow-overlap',
      'text-anchor',
      'text-field',
      'text-font',
      'text-ignore-placement',
      'text-max-width',
      'text-offset',
      'text-optional',
      'text-padding',
      'text-rotation-alignment',
      'text-size',
    ],
    paint: ['icon-opacity', 'text-color', 'text-halo-color', 'text-halo-width', 'text-opacity'],
  },
}

/**
 * What a style uses beyond the declared subset.
 *
 * @returns such as `s57_lights: text-rotate`; empty when the painter can draw all of it.
 */
export function beyondSubset(
  layers: readonly { id: string; type: string; filter?: unknown; layout?: object; paint?: object }[],
): string[] {
  return layers.flatMap((layer) => {
    const { id, type, layout = {}, paint = {} } = layer
    const known = DECLARED_SUBSET[type]
    if (known === undefined) return [`${id}: layers of type ${type}`]
    const unknown = [
      ...Object.keys(layout).filter((name) => !known.layout.includes(name)),
      ...Object.keys(paint).filter((name) => !known.paint.includes(name)),
    ]
    return [...unknown, ...beyondValues(layer)].map((name) => `${id}: ${name}`)
  })
}
