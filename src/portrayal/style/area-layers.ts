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
}

/** Facts of a whole sea, such as the variation: one symbol per area is enough. */
const ONCE = new Set(['ADMARE', 'LOCMAG', 'MAGVAR', 'M_NSYS', 'SEAARE'])

const isFirst = expr('==', ['coalesce', get('rank'), 0], 0)
const isOnce = expr('any', ['!', ['in', get('class'), literal([...ONCE])]], isFirst)

/** Symbols of one large area are at least this many pixels apart: closer ones hide the chart and tell nothing more. */
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

/** Routeing, shore and dangers cover what is less important. */
const BANDS: readonly Band[] = [
  { name: '', from: 0, to: 6, paintedAs: 6 },
  { name: '_high', from: 7, to: 9, paintedAs: 8 },
]
/** Procedures that draw besides the look-up row: restrictions and accuracy. */
const BESIDES: Band = { name: '', from: 0, to: 9, paintedAs: 6 }

/** Dangers lie over what is of priority 7, too. */
const DANGER_BAND: Band = { name: '_danger', from: 0, to: 9, paintedAs: 8.1 }

/** Dangers change with the safety depth. Kept apart from what is always the same, they make a new safety depth cheap to apply. */
const DANGERS = new Set(['OBSTRN', 'WRECKS'])

/** Borders and middles of the areas of all classes but dangers: few layers, which all classes share. */
export function areaLayers(classes: readonly string[], context: StyleContext): LayerDraft[] {
  const fixed = classes.filter((name) => !DANGERS.has(name))
  return layersOf(fixed, context, (index) => (index === 0 ? BANDS : [BESIDES]))
}

/** Borders and middles of dangers. */
export function dangerAreaLayers(classes: readonly string[], context: StyleContext): LayerDraft[] {
  const dangers = classes.filter((name) => DANGERS.has(name))
  return layersOf(dangers, context, () => [DANGER_BAND])
}

/** @param bandsOf what each list of rows of a class is split into: 0 for the look-up rows, then the procedures that draw besides. */
function layersOf(classes: readonly string[], context: StyleContext, bandsOf: (index: number) => readonly Band[]): LayerDraft[] {
  const lists = classes.map((className) => rowLists(className, 'A', context))
  const depth = Math.max(0, ...lists.map((each) => each.length))
  const layers: LayerDraft[] = []
  for (let index = 0; index < depth; index++) {
    const same = lists.flatMap((each) => each[index] ?? [])
    for (const band of bandsOf(index)) {
      for (const kind of LINE_KINDS) layers.push(...borders(same, band, kind, context))
      for (const use of [0, 1]) layers.push(...middles(same, band, use, context))
    }
  }
  return layers
}

const isIn = ({ from, to }: Band, { priority }: PortrayalRow) => priority >= from && priority <= to

/** The classes of which some rows are wanted, each with a filter for its objects. */
function wanted(lists: readonly RowList[], context: StyleContext, isWanted: (row: PortrayalRow) => boolean) {
  return lists.flatMap((list) => {
    const filter = rowFilter(list.rows, context.settings, isWanted)
    return filter === false ? [] : [{ list, filter, drawn: list.rows.filter(isWanted) }]
  })
}

type Wanted = ReturnType<typeof wanted>

/** Objects of these classes, each class with its own filter. */
const classFilter = (found: Wanted): Expression =>
  whereClass(new Map(found.map(({ list, filter }) => [list.className, filter ?? true])))

/** A value by class, and within a class by the first row that holds. */
function valueByClass(found: Wanted, context: StyleContext, isWanted: (row: PortrayalRow) => boolean) {
  return (pick: (row: PortrayalRow) => unknown): unknown => {
    const branches = new Map<string, unknown>()
    for (const { list, drawn } of found) {
      const first = drawn[0]
      if (first === undefined) continue
      // The filter leaves other rows out, so they may take the value of a drawn one.
      const value = rowValue(list.rows, context.settings, (row) => pick(isWanted(row) ? row : first), pick(first))
      branches.set(list.className, value)
    }
    return byClass(branches)
  }
}

function borders(lists: readonly RowList[], band: Band, kind: LineKind, context: StyleContext): LayerDraft[] {
  const isWanted = (row: PortrayalRow) => isIn(band, row) && kindOf(row) === kind
  const found = wanted(lists, context, isWanted)
  if (found.length === 0) return []
  return [
    {
      name: `area_lines${band.name}_${kind}`,
      order: paintOrder(band.paintedAs, 'line') - 0.3,
      type: 'line',
      source: 'enc',
      sourceLayer: 'area_lines',
      filter: classFilter(found),
      paint: linePaint(kind, valueByClass(found, context, isWanted)),
    },
  ]
}

function middles(lists: readonly RowList[], band: Band, use: number, context: StyleContext): LayerDraft[] {
  const isWanted = (row: PortrayalRow) => isIn(band, row) && row.symbols[use] !== undefined
  const found = wanted(lists, context, isWanted)
  if (found.length === 0) return []
  const value = valueByClass(found, context, isWanted)
  const layout = symbolLayout(
    found.flatMap(({ drawn }) => drawn),
    use,
    (pick) => value(pick),
  )
  return [
    {
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
    },
  ]
}
