import type { PortrayalRow } from '#portrayal/table/row.ts'
import { byClass, type Expression, every, expr, get, literal, whereClass } from '#portrayal/text/expression.ts'
import { type LayerDraft, paintOrder } from './layer-draft.ts'
import { kindOf, LINE_KINDS, type LineKind, linePaint } from './line-layers.ts'
import { symbolLayout } from './point-layers.ts'
import { rowFilter, rowValue } from './row-expression.ts'
import { type RowList, rowLists } from './shared-rows.ts'
import type { StyleContext } from './style-context.ts'

interface Band {
  name: string
  from: number
  to: number
  /** The priority that its layers are painted with. */
  paintedAs: number
  /** Whether what procedures draw besides the look-up row belongs to it. */
  hasProcedures: boolean
}

/** Facts of a whole sea, such as the variation: one symbol per area is enough. */
const ONCE = new Set(['ADMARE', 'LOCMAG', 'MAGVAR', 'M_NSYS', 'SEAARE'])

const isFirst = expr('==', ['coalesce', get('rank'), 0], 0)
const isOnce = expr('any', ['!', ['in', get('class'), literal([...ONCE])]], isFirst)

/** Symbols of one large area are at least this many pixels apart: closer ones would hide the chart and add nothing. */
const SPACING = 600
const isSpaced = expr('any', isFirst, ['>=', ['coalesce', get('spacing'), SPACING], SPACING])

/**
 * Areas whose symbol lies beside their middle, so that several with one middle stay legible: in an area smaller than the symbol it would
 * lie outside. Their boundaries remain.
 */
const BESIDE = [
  'ACHARE',
  'CBLARE',
  'CTNARE',
  'DMPGRD',
  'DRGARE',
  'FAIRWY',
  'MIPARE',
  'PIPARE',
  'PRCARE',
  'RESARE',
  'SPLARE',
  'TSSLPT',
]
const SMALLEST = 28
const isLargeEnough = expr(
  'any',
  ['>=', ['coalesce', get('size'), SMALLEST], SMALLEST],
  ['!', ['in', get('class'), literal(BESIDE)]],
)

/** Routeing, shore and dangers cover what is less important. Procedures that draw besides the look-up row are painted with the lower band. */
const BANDS: readonly Band[] = [
  { name: '', from: 0, to: 6, paintedAs: 6, hasProcedures: true },
  { name: '_high', from: 7, to: 9, paintedAs: 8, hasProcedures: false },
]

/** Dangers lie even over objects of priority 7. */
const DANGER_BAND: Band = { name: '_danger', from: 0, to: 9, paintedAs: 8.1, hasProcedures: true }

/** Dangers change with the safety depth. Keeping them apart from what never changes makes a new safety depth cheap to apply. */
const DANGERS = new Set(['OBSTRN', 'WRECKS'])

/** Borders and middles of the areas of all classes but dangers: few layers, which all classes share. */
export function areaLayers(classes: readonly string[], context: StyleContext): LayerDraft[] {
  const fixed = classes.filter((name) => !DANGERS.has(name))
  return layersOf(fixed, context, BANDS)
}

/** Borders and middles of dangers. */
export function dangerAreaLayers(classes: readonly string[], context: StyleContext): LayerDraft[] {
  const dangers = classes.filter((name) => DANGERS.has(name))
  return layersOf(dangers, context, [DANGER_BAND])
}

function layersOf(classes: readonly string[], context: StyleContext, bands: readonly Band[]): LayerDraft[] {
  const lists = classes.map((className) => rowLists(className, 'A', context))
  const layers: LayerDraft[] = []
  for (const band of bands) {
    for (const kind of LINE_KINDS) {
      const found = drawnIn(band, lists, context, (row) => kindOf(row) === kind)
      layers.push(...found.map((each) => borders(each, band, kind, context)))
    }
    for (const use of [0, 1]) {
      const found = drawnIn(band, lists, context, ({ symbols }) => symbols[use] !== undefined)
      layers.push(...found.map((each) => middles(each, band, use, context)))
    }
  }
  return layers
}

/** A list of rows, some of which are wanted, with a filter for its objects. */
interface Wanted {
  list: RowList
  filter: Expression | null
  isWanted: (row: PortrayalRow) => boolean
  drawn: readonly PortrayalRow[]
}

/**
 * The lists of all classes that draw something in a band. The first such list of each class comes first, then the second lists, and so on,
 * because a layer can draw an object only once.
 */
function drawnIn(
  band: Band,
  lists: readonly (readonly RowList[])[],
  context: StyleContext,
  draws: (row: PortrayalRow) => boolean,
): Wanted[][] {
  const perClass = lists.map((each) =>
    each.flatMap((list, index) => {
      // The first list has the look-up rows, each other one those of a procedure.
      const isIn = ({ priority }: PortrayalRow) =>
        index === 0 ? priority >= band.from && priority <= band.to : band.hasProcedures
      const isWanted = (row: PortrayalRow) => draws(row) && isIn(row)
      const filter = rowFilter(list.rows, context.settings, isWanted)
      return filter === false ? [] : [{ list, filter, isWanted, drawn: list.rows.filter(isWanted) }]
    }),
  )
  const most = Math.max(0, ...perClass.map(({ length }) => length))
  return Array.from({ length: most }, (_, turn) => perClass.flatMap((each) => each[turn] ?? []))
}

/** Objects of these classes, each class with its own filter. */
const classFilter = (found: readonly Wanted[]): Expression =>
  whereClass(new Map(found.map(({ list, filter }) => [list.className, filter ?? true])))

/** A value by class, and within a class by the first row that holds. */
function valueByClass(found: readonly Wanted[], context: StyleContext) {
  return (pick: (row: PortrayalRow) => unknown): unknown => {
    const branches = new Map<string, unknown>()
    for (const { list, drawn, isWanted } of found) {
      const first = drawn[0]
      if (first === undefined) continue
      // The filter excludes the other rows, so they may take the value of a drawn one.
      const value = rowValue(list.rows, context.settings, (row) => pick(isWanted(row) ? row : first), pick(first))
      branches.set(list.className, value)
    }
    return byClass(branches)
  }
}

function borders(found: readonly Wanted[], band: Band, kind: LineKind, context: StyleContext): LayerDraft {
  return {
    name: `area_lines${band.name}_${kind}`,
    order: paintOrder(band.paintedAs, 'line') - 0.3,
    type: 'line',
    source: 'enc',
    sourceLayer: 'area_lines',
    filter: classFilter(found),
    paint: linePaint(kind, valueByClass(found, context)),
  }
}

function middles(found: readonly Wanted[], band: Band, use: number, context: StyleContext): LayerDraft {
  const layout = symbolLayout(
    found.flatMap(({ drawn }) => drawn),
    use,
    valueByClass(found, context),
  )
  return {
    name: `area_symbols${band.name}`,
    order: paintOrder(band.paintedAs, 'symbol') - 0.3,
    type: 'symbol',
    source: 'enc',
    sourceLayer: 'area_points',
    filter: every(
      classFilter(found),
      found.some(({ list }) => ONCE.has(list.className)) ? isOnce : null,
      isSpaced,
      found.some(({ list }) => BESIDE.includes(list.className)) ? isLargeEnough : null,
    ),
    layout,
  }
}
