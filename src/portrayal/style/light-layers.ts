import { type Expression, every, expr, get, has, isShape, literal } from '#portrayal/text/expression.ts'
import { heightText } from '#portrayal/text/height-expression.ts'
import { ABOVE, type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { fontOf, type StyleContext } from './style-context.ts'

const LINE_UNIT = 1.14

/** Lights by LIGHTS06: figures of sectors and of far-reaching lights, flares above all other symbols, and descriptions. */
export function lightLayers(context: StyleContext): LayerDraft[] {
  if (!context.has('LIGHTS')) return []
  const figures = context.options.showLightSectors ? [...arcs(), ...legs(context)] : []
  return [...figures, flares(), directions(), descriptions(context)]
}

/** First of COLOUR on arcs: red, green, white and yellow; magenta for the others. */
const ARC_COLOUR = expr(
  'match',
  ['to-string', get('COLOUR')],
  '3',
  '$LITRD',
  '4',
  '$LITGN',
  ['1', '6', '11', '5'],
  '$LITYW',
  '2',
  '$CHMGD',
  '$CHMGD',
)

function arcs(): LayerDraft[] {
  const faint = expr('==', get('faint'), true)
  const arc = (filter: Expression, paint: Record<string, unknown>): LayerDraft => ({
    name: 'light_arcs',
    order: paintOrder(8, 'line') + 0.5,
    type: 'line',
    source: 'enc',
    sourceLayer: 'light_arcs',
    filter,
    paint,
  })
  return [
    arc(expr('!', faint), { 'line-color': '$OUTLW', 'line-width': LINE_UNIT * 4 }),
    arc(expr('!', faint), { 'line-color': ARC_COLOUR, 'line-width': LINE_UNIT * 2 }),
    arc(faint, { 'line-color': '$CHBLK', 'line-width': LINE_UNIT, 'line-dasharray': [3, 2] }),
  ]
}

/** Legs of sectors, 25 mm or as long as the range of the light; those of directional lights always have its range. */
function legs({ options }: StyleContext): LayerDraft[] {
  const isDirectionalLine = expr('==', get('kind'), 'directional')
  const leg = (name: string, filter: Expression | null): LayerDraft => ({
    name,
    order: paintOrder(8, 'line') + 0.25,
    type: 'line',
    source: 'enc',
    sourceLayer: name,
    filter,
    paint: { 'line-color': '$CHBLK', 'line-width': LINE_UNIT, 'line-dasharray': [3, 2] },
  })
  if (options.showFullSectorLegs) return [leg('light_lines', null)]
  return [leg('light_legs', expr('!', isDirectionalLine)), leg('light_lines', isDirectionalLine)]
}

const listed = (property: string, ...values: number[]): Expression => {
  const list = expr('concat', ',', ['to-string', get(property)], ',')
  return expr('any', ...values.map((value) => expr('in', `,${value},`, list)))
}
const isDirectional = listed('CATLIT', 1, 16)
const isOther = listed('CATLIT', 8, 9, 11)

/** Flare by the whole of COLOUR: one light may show white and red. */
const FLARE = expr(
  'match',
  ['to-string', get('COLOUR')],
  ['3', '1,3'],
  'LIGHTS11',
  ['4', '1,4'],
  'LIGHTS12',
  ['1', '6', '11', '1,6', '5,6'],
  'LIGHTS13',
  '5',
  'LIGHTS14',
  'LITDEF11',
)

const flareLayer = (filter: Expression | null, layout: Record<string, unknown>): LayerDraft => ({
  name: 'LIGHTS',
  order: ABOVE.lights,
  type: 'symbol',
  source: 'enc',
  sourceLayer: layerOf('LIGHTS'),
  filter: every(isShape('point'), filter),
  layout: { ...layout, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
})

/** Lights with a flare, which turns with the screen; floodlights and strip lights have a symbol of their own. */
function flares(): LayerDraft {
  const shown = expr('any', has('flare'), isOther, ['all', isDirectional, ['!', has('ORIENT')]])
  const name = expr(
    'case',
    listed('CATLIT', 8, 11),
    'LIGHTS82',
    listed('CATLIT', 9),
    'LIGHTS81',
    isDirectional,
    'QUESMRK1',
    FLARE,
  )
  return flareLayer(every(shown, expr('!', ['all', isDirectional, has('ORIENT')])), {
    'icon-image': expr('coalesce', ['image', name], ['image', 'LITDEF11']),
    'icon-rotate': expr('coalesce', get('flare'), 0),
  })
}

/** Directional lights: the flare points where the light shines from seaward. */
function directions(): LayerDraft {
  return flareLayer(every(isDirectional, has('ORIENT')), {
    'icon-image': expr('coalesce', ['image', FLARE], ['image', 'LITDEF11']),
    'icon-rotate': expr('%', ['+', ['to-number', get('ORIENT')], 180], 360),
    'icon-rotation-alignment': 'map',
  })
}

/**
 * Text of a light: character, height, range and status, without spaces between the figures: `Fl(2) WR 10s25m18M`. For a light without a
 * period, a space parts the colour from the height: `F W 43m19M`.
 */
export function lightText({ heightUnits }: StyleContext): Expression {
  const height = expr('case', has('HEIGHT'), ['concat', heightText('HEIGHT', heightUnits, 'height'), heightUnits], '')
  const range = expr('case', has('rangeText'), get('rangeText'), has('VALNMR'), ['concat', ['to-string', get('VALNMR')], 'M'], '')
  const status = expr('case', has('statusText'), get('statusText'), '')
  const hasFigures = expr('any', has('HEIGHT'), has('rangeText'), has('VALNMR'))
  const space = expr('case', every(expr('!', has('SIGPER')), hasFigures), ' ', '')
  return expr('concat', ['coalesce', get('character'), ''], space, height, range, status)
}

/** Lines of text of the lights at one place: 1 em apart. */
const LINES = 6

function descriptions(context: StyleContext): LayerDraft {
  const line = (place: number) => literal([2.1, 1 + place])
  const places = Array.from({ length: LINES - 1 }, (_, place) => [place + 1, line(place + 1)]).flat()
  return {
    name: 'LIGHTS',
    order: ABOVE.lightText,
    type: 'symbol',
    source: 'enc',
    sourceLayer: layerOf('LIGHTS'),
    filter: every(isShape('point'), expr('any', has('character'), has('rangeText'))),
    layout: {
      'text-field': lightText(context),
      'text-font': fontOf(context, 'regular'),
      'text-size': 11,
      'text-anchor': 'left',
      'text-offset': expr('match', ['coalesce', get('place'), 0], ...places, line(0)),
      'text-max-width': 40,
      'text-padding': 1,
    },
    paint: { 'text-color': '$CHBLK', 'text-halo-color': '$UIBCK', 'text-halo-width': 1 },
  }
}
