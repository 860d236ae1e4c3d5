import { every, isShape } from '#portrayal/text/expression.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { rowFilter, rowValue } from './row-expression.ts'
import { type RowList, rowLists } from './shared-rows.ts'
import type { StyleContext } from './style-context.ts'

/** Classes whose fill shows imagery through when there is some. */
const LAND = new Set(['LNDARE', 'BUAARE', 'LNDRGN'])

/** Fills and patterns of the areas of a class. */
export function fillLayers(className: string, context: StyleContext): LayerDraft[] {
  return rowLists(className, 'A', context).flatMap((list) => [...fills(list, context), ...patterns(list, context)])
}

function fills({ className, rows }: RowList, context: StyleContext): LayerDraft[] {
  const { settings, options } = context
  const filled = rows.filter(({ fill }) => fill !== null)
  if (filled.length === 0) return []
  const filter = rowFilter(rows, settings, ({ fill }) => fill !== null)
  if (filter === false) return []
  const first = filled[0]
  const seeThrough = options.showSatellite && options.satelliteTileUrl !== null && LAND.has(className) ? 0.4 : 1
  const opacity = rowValue(filled, settings, ({ fill }) => (fill?.opacity ?? 1) * seeThrough, seeThrough)
  return [
    {
      name: className,
      order: paintOrder(first?.priority ?? 0, 'fill'),
      type: 'fill',
      source: 'enc',
      sourceLayer: layerOf(className),
      filter: every(isShape('area'), filter),
      paint: {
        'fill-color': rowValue(rows, settings, ({ fill }) => (fill === null ? '$NODTA' : `$${fill.token}`), '$NODTA'),
        ...(opacity !== 1 && { 'fill-opacity': opacity }),
        // Antialiased edges of neighbours let the ground between them shine through.
        'fill-antialias': false,
      },
    },
  ]
}

function patterns({ className, rows }: RowList, context: StyleContext): LayerDraft[] {
  const { settings } = context
  const first = rows.find(({ pattern }) => pattern !== null)
  const filter = rowFilter(rows, settings, ({ pattern }) => pattern !== null)
  if (first === undefined || filter === false) return []
  const image = rowValue(rows, settings, ({ pattern }) => `pattern/${pattern ?? first.pattern}`, `pattern/${first.pattern}`)
  return [
    {
      name: className,
      order: paintOrder(first.priority, 'pattern'),
      type: 'fill',
      source: 'enc',
      sourceLayer: layerOf(className),
      filter: every(isShape('area'), filter),
      paint: { 'fill-pattern': image },
      hidden: className === 'M_QUAL',
    },
  ]
}
