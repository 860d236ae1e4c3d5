import { type DepthStyle, depthText, hasLoweredDigit } from '#portrayal/text/depth-expression.ts'
import { type Expression, expr, get, literal } from '#portrayal/text/expression.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { fontOf, type StyleContext } from './style-context.ts'

/** How depths are written in this style. */
export const depthStyleOf = ({ options, ownFont }: StyleContext): DepthStyle => ({
  units: options.depthUnits,
  rounded: options.roundOffSoundings,
  lowered: ownFont,
})

const DEEPEST = 12_000

/** Whether a depth is at or above the safety depth; the comparison is in metres, as charted. */
export const isShoal = (property: string, { options }: StyleContext): Expression =>
  expr('<=', ['coalesce', get(property), DEEPEST], options.depthLimit + 0.00001)

/** Layout and paint of a depth written at its position: bold and SNDG2 at or above the safety depth, drying heights underlined. */
export function depthLabel(
  property: string,
  context: StyleContext,
): { layout: Record<string, unknown>; paint: Record<string, unknown> } {
  const style = depthStyleOf(context)
  const isLowered = hasLoweredDigit(property, style)
  const shoal = isShoal(property, context)
  return {
    layout: {
      'text-field': depthText(property, style),
      'text-font': expr('case', shoal, fontOf(context, 'bold'), fontOf(context, 'regular')),
      'text-size': 12.5,
      // Half the width of a lowered digit: the position is the middle of the whole digits.
      ...(isLowered !== false && { 'text-offset': expr('case', isLowered, literal([0.22, 0]), literal([0, 0])) }),
    },
    paint: {
      'text-color': expr('case', shoal, '$SNDG2', '$SNDG1'),
      'text-halo-color': '$DEPDW',
      // At night a sounding is hardly brighter than the water, and its halo sets it off.
      'text-halo-width': context.options.theme === 'night' ? 1.3 : 0.8,
    },
  }
}

/** Soundings as one text layer, the shallowest first (SNDFRM04). */
export function soundingLayers(context: StyleContext): LayerDraft[] {
  if (!context.has('SOUNDG')) return []
  const { layout, paint } = depthLabel('DEPTH', context)
  const opacity = context.options.soundingOpacity
  return [
    {
      name: 'SOUNDG',
      order: paintOrder(6, 'symbol') + 0.5,
      type: 'symbol',
      source: 'enc',
      sourceLayer: layerOf('SOUNDG'),
      layout: {
        ...layout,
        'icon-image': soundingMark(context),
        'icon-text-fit': 'width',
        'symbol-sort-key': expr('coalesce', get('DEPTH'), 0),
        'text-padding': 1,
      },
      paint: { ...paint, ...(opacity < 1 && { 'text-opacity': opacity, 'icon-opacity': opacity }) },
    },
  ]
}

/** The underline of a drying height, else the ring of a doubtful depth or the bracket of a swept one. */
function soundingMark({ ownFont }: StyleContext): Expression {
  const list = (property: string) => expr('concat', ',', ['coalesce', ['to-string', get(property)], ''], ',')
  const holds = (property: string, ...values: number[]) => values.map((value) => expr('in', `,${value},`, list(property)))
  const doubtful = expr('any', ...holds('QUASOU', 3, 4, 5, 8, 9), ...holds('STATUS', 18), expr('==', get('lowAccuracy'), true))
  const shoalMark = (name: string) => expr('image', name)
  const dries = ownFont ? [expr('<', ['coalesce', get('DEPTH'), 0], 0), shoalMark('UNDERLINE')] : []
  const swept = expr('any', ...holds('TECSOU', 4, 6))
  return expr('case', ...dries, doubtful, shoalMark('SOUNDSC2'), swept, shoalMark('SOUNDSB1'), '')
}
