import { depthText } from '#portrayal/text/depth-expression.ts'
import { type Expression, every, expr, get, isShape } from '#portrayal/text/expression.ts'
import { ABOVE, type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { depthStyleOf } from './sounding-layers.ts'
import { fontOf, type StyleContext } from './style-context.ts'

const NEVER_SAFE = -1000
const ALWAYS_SAFE = 1e6
const LINE_UNIT = 1.14

/**
 * Whether a stretch has safe water on one side alone (DEPARE03, by edges). `shallowSide` and `deepSide` are left out where a structure on
 * the stretch exempts it; where a side is missing, there is no contour.
 */
export function dividesAt(safetyDepth: number): Expression {
  const shallow = expr('coalesce', get('shallowSide'), ALWAYS_SAFE)
  const deep = expr('coalesce', get('deepSide'), NEVER_SAFE)
  return expr('all', ['<', shallow, safetyDepth], ['>=', deep, safetyDepth])
}

/** Whether a stretch of a contour is the safety contour for S: it divides safe from unsafe water, or is the contour of S. */
export const isSafetyContour = (safetyDepth: number): Expression =>
  expr('any', dividesAt(safetyDepth), ['==', ['get', 'VALDCO'], safetyDepth])

/** Depth contours, the safety contour on top, and their labels (DEPCNT03, SAFCON01). */
export function contourLayers(context: StyleContext): LayerDraft[] {
  const { depthLimit } = context.options
  const isLow = expr('==', get('lowAccuracy'), true)
  const layers: LayerDraft[] = []
  const draw = (name: string, source: string, safety: boolean, low: boolean) => {
    const isSafety = name === 'DEPCNT' ? isSafetyContour(depthLimit) : dividesAt(depthLimit)
    layers.push({
      name,
      order: safety ? paintOrder(8, 'line') - 0.5 : paintOrder(5, 'line'),
      type: 'line',
      source: 'enc',
      sourceLayer: source,
      filter: every(isShape('line'), safety ? isSafety : expr('!', isSafety), low ? isLow : expr('!', isLow)),
      paint: {
        'line-color': safety ? '$DEPSC' : '$DEPCN',
        'line-width': LINE_UNIT * (safety ? 2 : 1),
        ...(low && { 'line-dasharray': [3, 2] }),
      },
    })
  }
  if (context.has('DEPCNT')) {
    for (const safety of [false, true]) for (const low of [false, true]) draw('DEPCNT', layerOf('DEPCNT'), safety, low)
    layers.push(contourLabels(context))
  }
  if (context.has('DEPARE')) for (const low of [false, true]) draw('DEPARE', 'depth_boundaries', true, low)
  return layers
}

function contourLabels(context: StyleContext): LayerDraft {
  const value = get('VALDCO')
  return {
    name: 'DEPCNT',
    order: ABOVE.text,
    type: 'symbol',
    source: 'enc',
    sourceLayer: layerOf('DEPCNT'),
    filter: every(isShape('line'), expr('has', 'VALDCO'), expr('all', ['>=', value, 0], ['<=', value, 99999])),
    layout: {
      'symbol-placement': 'line-center',
      'text-rotation-alignment': 'viewport',
      'text-field': depthText('VALDCO', { ...depthStyleOf(context), rounded: false }),
      'text-font': fontOf(context, 'regular'),
      'text-size': 11,
      'text-padding': 8,
    },
    paint: { 'text-color': '$SNDG2', 'text-halo-color': '$DEPDW', 'text-halo-width': 1.5 },
  }
}
