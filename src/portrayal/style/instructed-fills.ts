import { TOKENS } from '#portrayal/palette/tokens.ts'
import { every, expr, get, has, isShape } from '#portrayal/text/expression.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import type { StyleContext } from './style-context.ts'

const CLASS = 'NEWOBJ'
/** Of the class, in S-52's tables. */
const PRIORITY = 6

/** Fills and patterns that a new object asks for by its SYMINS (SYMINS02): the colour is any token, the pattern any of ours. */
export function instructedFills(className: string, { has: hasClass }: Pick<StyleContext, 'has'>): LayerDraft[] {
  if (className !== CLASS || !hasClass(CLASS)) return []
  const common = { name: CLASS, type: 'fill', source: 'enc', sourceLayer: layerOf(CLASS) } as const
  const colours = Object.keys(TOKENS.day).flatMap((token) => [token, `$${token}`])
  return [
    {
      ...common,
      order: paintOrder(PRIORITY, 'fill'),
      filter: every(isShape('area'), has('ac')),
      paint: {
        'fill-color': expr('match', get('ac'), ...colours, '$CHGRF'),
        'fill-opacity': expr('coalesce', get('acOpacity'), 1),
        'fill-antialias': false,
      },
    },
    {
      ...common,
      order: paintOrder(PRIORITY, 'pattern'),
      filter: every(isShape('area'), has('ap')),
      paint: { 'fill-pattern': expr('coalesce', ['image', ['concat', 'pattern/', get('ap')]], ['image', 'pattern/PRTSUR01']) },
    },
  ]
}
