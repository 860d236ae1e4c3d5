import { isShape } from '#portrayal/text/expression.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import type { StyleContext } from './style-context.ts'

/** Limits of jurisdiction; drawn only on request. */
export const MARITIME = new Set(['ADMARE', 'CONZNE', 'COSARE', 'CUSZNE', 'EXEZNE', 'FSHZNE', 'STSLNE', 'TESARE'])

/** Light fills of the zones, when asked for in full. */
export function maritimeFills(context: StyleContext): LayerDraft[] {
  if (context.options.showMaritimeBoundaries !== 'full') return []
  return [...MARITIME]
    .filter((className) => className !== 'STSLNE' && className !== 'ADMARE' && context.has(className))
    .map((className) => ({
      name: className,
      order: paintOrder(3, 'fill'),
      type: 'fill',
      source: 'enc',
      sourceLayer: layerOf(className),
      filter: isShape('area'),
      paint: { 'fill-color': '$TRFCF', 'fill-opacity': 0.12 },
    }))
}
