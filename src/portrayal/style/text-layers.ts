import type { PortrayalRow, TextUse } from '#portrayal/table/row.ts'
import { byClass, type Expression, every, expr, get, isShape, literal } from '#portrayal/text/expression.ts'
import { textOfUse } from '#portrayal/text/text-expression.ts'
import { ABOVE, type LayerDraft, layerOf } from './layer-draft.ts'
import { rowFilter, rowValue } from './row-expression.ts'
import { type RowList, rowLists } from './shared-rows.ts'
import { depthStyleOf } from './sounding-layers.ts'
import { fontOf, type StyleContext } from './style-context.ts'

/** Classes whose text is made elsewhere: lights, soundings, contours. */
const APART = new Set(['LIGHTS', 'SOUNDG', 'DEPCNT', 'DEPARE', 'DRGARE'])
/** The tiles have the short name of these aids as `label`. */
const AIDS = /^(BOY|BCN|LITFLT|LITVES|DAYMAR|TOPMAR|FOGSIG|RTPBCN)/
/** Marks whose names must stay clear of other text; for rare marks, the name is part of the symbol's layer. */
const MARKS = /^(BOY|BCN)(CAR|LAT|SPP)/
/** Names and notes along lines that points and areas have as well: left out. */
const NO_LINE_TEXT = new Set(['LNDARE', 'SBDARE'])
/** Names of water are italic. */
const WATER = new Set(['SEAARE', 'LAKARE', 'RIVERS', 'CANALS', 'TIDEWY', 'DOCARE', 'LOKBSN', 'FAIRWY', 'ACHARE'])

const TEXT_RANKS = ['importantText', 'aidText', 'places', 'text'] as const
const MINOR = ['aidText', 'places', 'text'] as const
type TextRank = (typeof TEXT_RANKS)[number]

/** S-52 text groups: 10 to 19 are important, 20 to 22 name aids, 26 names places. */
function rankOf({ group }: TextUse): TextRank {
  if (group >= 10 && group < 20) return 'importantText'
  if (group >= 20 && group < 23) return 'aidText'
  return group === 26 ? 'places' : 'text'
}

/** The texts of a row that this style writes apart from symbols. */
function textsOf({ texts }: PortrayalRow, rank: TextRank, { options }: StyleContext): readonly TextUse[] {
  if (rank === 'places' && !options.showPlaceNames) return []
  const isDepth = ({ parts }: TextUse) => parts.some((part) => part.kind === 'value' && part.format.kind === 'sounding')
  return texts.filter((use) => rankOf(use) === rank && use.group < 100 && !isDepth(use))
}

/** Texts of the points and lines of a class: one layer per rank and geometry. */
export function textLayers(className: string, context: StyleContext): LayerDraft[] {
  if (APART.has(className)) return []
  return (['P', 'L'] as const).flatMap((primitive) => {
    const [list] = rowLists(className, primitive, context)
    if (list === undefined || (primitive === 'L' && NO_LINE_TEXT.has(className))) return []
    return TEXT_RANKS.filter((rank) => !ridesAlong(list, rank)).flatMap((rank) => textLayer(list, rank, context) ?? [])
  })
}

/** Whether minor text is part of the layer of its symbols, which saves a layer per class: every row that has it has a symbol. */
function ridesAlong({ className, primitive, rows }: RowList, rank: TextRank): boolean {
  if (primitive !== 'P' || rank === 'importantText' || MARKS.test(className)) return false
  const ranks = new Set(rows.flatMap(({ texts }) => texts.map(rankOf)))
  if (MINOR.find((each) => ranks.has(each)) !== rank) return false
  return rows.every(({ symbols, texts }) => symbols.length > 0 || texts.every((use) => rankOf(use) !== rank))
}

/** The text that the symbols of a list of rows carry; null when there is none. */
export function textWithSymbols(list: RowList, context: StyleContext): Pick<LayerDraft, 'layout' | 'paint'> | null {
  const rank = MINOR.find((each) => ridesAlong(list, each) && list.rows.some((row) => textsOf(row, each, context).length > 0))
  if (rank === undefined || APART.has(list.className)) return null
  const text = textOf(list, rank, context)
  return text === null ? null : { layout: { ...text.layout, 'text-optional': true }, paint: text.paint }
}

function textLayer(list: RowList, rank: TextRank, context: StyleContext): LayerDraft | null {
  const { className, primitive, rows } = list
  const filter = rowFilter(rows, context.settings, (row) => textsOf(row, rank, context).length > 0)
  const text = textOf(list, rank, context)
  if (text === null || filter === false) return null
  return {
    name: className,
    order: ABOVE[rank],
    type: 'symbol',
    source: 'enc',
    sourceLayer: layerOf(className),
    filter: every(isShape(primitive === 'P' ? 'point' : 'line'), filter),
    layout: { ...(primitive === 'L' && { 'symbol-placement': 'line-center' }), ...text.layout },
    paint: text.paint,
  }
}

/** Layout and paint of the text of a rank; null when no row has any. */
function textOf({ className, primitive, rows }: RowList, rank: TextRank, context: StyleContext) {
  const first = rows.flatMap((row) => textsOf(row, rank, context))[0]
  if (first === undefined) return null
  const value = (pick: (row: PortrayalRow) => unknown, none: unknown) => rowValue(rows, context.settings, pick, none)
  const placed = primitive === 'L' ? besideLine : (use: TextUse) => use
  const use = (row: PortrayalRow) => placed(textsOf(row, rank, context)[0] ?? first)
  return {
    layout: {
      'text-field': value((row) => fieldOf(className, textsOf(row, rank, context), context), ''),
      'text-font': fontOf(context, WATER.has(className) ? 'italic' : 'regular'),
      'text-size': rank === 'places' ? 14 : 12,
      'text-anchor': value((row) => use(row).anchor, placed(first).anchor),
      'text-offset': value((row) => literal(use(row).offset), literal(placed(first).offset)),
      'text-padding': 2,
    },
    paint: textPaint(value((row) => `$${use(row).token}`, `$${first.token}`)),
  }
}

/**
 * Puts a text above or below its line by the anchor alone. MapLibre counts an offset down from the direction of the line, although it turns
 * the text upright: along a line from east to west a text offset upwards would lie on the line.
 */
function besideLine(use: TextUse): TextUse {
  const [right, down] = use.offset
  if (down === 0) return use
  const side = down < 0 ? 'bottom' : 'top'
  const across = use.anchor.endsWith('left') ? '-left' : use.anchor.endsWith('right') ? '-right' : ''
  return { ...use, anchor: `${side}${across}`, offset: [right, 0] }
}

const textPaint = (colour: unknown) => ({ 'text-color': colour, 'text-halo-color': '$UIBCK', 'text-halo-width': 1 })

/** Text of several uses, one a line. */
function fieldOf(className: string, uses: readonly TextUse[], context: StyleContext): Expression | string {
  const style = { depths: depthStyleOf(context), heights: context.heightUnits }
  const written = uses.map((use) => (isName(className, use) ? shortName() : textOfUse(use, style)))
  if (written.length <= 1) return written[0] ?? ''
  return expr('concat', ...written.flatMap((text, index) => (index === 0 ? [text] : ['\n', text])))
}

const isName = (className: string, { parts }: TextUse) =>
  AIDS.test(className) && parts.some((part) => part.kind === 'value' && part.attribute === 'OBJNAM')

const shortName = () => expr('coalesce', get('label'), get('OBJNAM'), '')

/** Texts at the middles of areas, for all classes in one layer per rank. */
export function areaTextLayers(classes: readonly string[], context: StyleContext): LayerDraft[] {
  const lists = classes.filter((name) => !APART.has(name)).flatMap((name) => rowLists(name, 'A', context)[0] ?? [])
  return TEXT_RANKS.flatMap((rank) => areaTextLayer(lists, rank, context) ?? [])
}

function areaTextLayer(lists: readonly RowList[], rank: TextRank, context: StyleContext): LayerDraft | null {
  const has = (row: PortrayalRow) => textsOf(row, rank, context).length > 0
  const found = lists.filter(({ rows }) => rows.some(has))
  const first = found.flatMap(({ rows }) => rows.filter(has))[0]
  if (first === undefined) return null
  const use = (row: PortrayalRow) => textsOf(row, rank, context)[0] ?? textsOf(first, rank, context)[0]
  const value = (pick: (row: PortrayalRow, className: string) => unknown, none: unknown) => {
    const branches = found.map(
      ({ className, rows }) => [className, rowValue(rows, context.settings, (row) => pick(row, className), none)] as const,
    )
    return byClass(new Map(branches), none)
  }
  const isWater = found.filter(({ className }) => WATER.has(className)).map(({ className }) => className)
  const font = (style: 'regular' | 'italic') => fontOf(context, style)
  return {
    name: `area_text_${rank === 'importantText' ? 'important' : rank === 'aidText' ? 'aids' : rank === 'places' ? 'places' : 'notes'}`,
    order: ABOVE[rank],
    type: 'symbol',
    source: 'enc',
    sourceLayer: 'area_points',
    filter: every(
      expr('==', ['coalesce', get('rank'), 0], 0),
      expr('in', get('class'), literal(found.map((list) => list.className))),
    ),
    layout: {
      'text-field': value((row, className) => fieldOf(className, textsOf(row, rank, context), context), ''),
      'text-font': isWater.length === 0 ? font('regular') : expr('match', get('class'), isWater, font('italic'), font('regular')),
      'text-size': rank === 'places' ? expr('interpolate', ['linear'], ['coalesce', get('size'), 100], 60, 13, 400, 17) : 12,
      'text-anchor': value((row) => use(row)?.anchor, 'center'),
      'text-offset': value((row) => literal(use(row)?.offset ?? [0, 0]), literal([0, 0])),
      'text-padding': 4,
      'symbol-sort-key': expr('-', 0, ['coalesce', get('size'), 0]),
    },
    paint: textPaint(value((row) => `$${use(row)?.token ?? 'CHBLK'}`, '$CHBLK')),
  }
}
