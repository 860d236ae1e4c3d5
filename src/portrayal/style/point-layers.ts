import type { PortrayalRow, SymbolUse } from '#portrayal/table/row.ts'
import { type Expression, every, expr, get, has, isShape } from '#portrayal/text/expression.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { isMark, markImage } from './mark-image.ts'
import { rowFilter, rowValue } from './row-expression.ts'
import { type RowList, rowLists } from './shared-rows.ts'
import { depthLabel, isShoal } from './sounding-layers.ts'
import type { StyleContext } from './style-context.ts'
import { textWithSymbols } from './text-layers.ts'

/** Drawn over soundings, against S-52, which has them at 4. */
const DANGERS = new Set(['OBSTRN', 'WRECKS', 'UWTROC'])
const DANGER_PRIORITY = 7

/** Symbols that an object may have at once; each is a layer. */
const MOST_SYMBOLS = 3

/** Classes whose points have layers of their own kind. */
const APART = new Set(['LIGHTS', 'SOUNDG'])

/** Drawn in place of a symbol that the sprite lacks. */
const UNKNOWN_SYMBOL = 'QUESMRK1'

/** Symbols of the point objects of a class. */
export function pointLayers(className: string, context: StyleContext): LayerDraft[] {
  if (APART.has(className) || (className === 'TOPMAR' && context.symbols !== 'paper')) return []
  return rowLists(className, 'P', context).flatMap((list) => symbols(list, context))
}

function symbols(list: RowList, context: StyleContext): LayerDraft[] {
  const { rows } = list
  const most = Math.min(MOST_SYMBOLS, Math.max(...rows.map((row) => row.symbols.length)))
  return Array.from({ length: most }, (_, index) => symbolLayer(list, index, context)).flatMap((layer) => layer ?? [])
}

function symbolLayer(list: RowList, index: number, context: StyleContext): LayerDraft | null {
  const { className, rows } = list
  const drawn = rows.filter((row) => row.symbols[index] !== undefined)
  const filter = rowFilter(rows, context.settings, (row) => row.symbols[index] !== undefined)
  if (drawn.length === 0 || filter === false) return null
  const priority = Math.max(...drawn.map((row) => row.priority))
  const layout = symbolLayout(rows, index, (pick, none) => rowValue(rows, context.settings, pick, none))
  const property = drawn.length === 1 ? namedBy(drawn[0]?.symbols[index]?.name ?? '') : null
  const image =
    isMark(className) && context.symbols === 'real' ? markImage(className, layout['icon-image']) : layout['icon-image']
  const text = index === 0 ? (dangerDepth(rows, context) ?? textWithSymbols(list, context)) : null
  return {
    name: className,
    order: paintOrder(DANGERS.has(className) ? Math.max(priority, DANGER_PRIORITY) : priority, 'symbol'),
    type: 'symbol',
    source: 'enc',
    sourceLayer: layerOf(className),
    filter: every(isShape('point'), filter, property === null ? null : has(property)),
    layout: { ...layout, 'icon-image': image, ...text?.layout },
    ...(text?.paint !== undefined && { paint: text.paint }),
  }
}

/** Layout of the symbols of rows: image with a stand-in, rotation, and no collision. */
export function symbolLayout(
  rows: readonly PortrayalRow[],
  index: number,
  value: (pick: (row: PortrayalRow) => unknown, none: unknown) => unknown,
): Record<string, unknown> {
  const use = (row: PortrayalRow): SymbolUse | undefined => row.symbols[index]
  const name = value((row) => nameOf(use(row)?.name ?? UNKNOWN_SYMBOL), UNKNOWN_SYMBOL)
  const turned = rows.some((row) => use(row)?.rotation)
  const rotate = turned ? value((row) => rotationOf(use(row)), 0) : null
  return {
    'icon-image': expr('coalesce', ['image', name], ['image', UNKNOWN_SYMBOL]),
    ...(rotate !== null && { 'icon-rotate': rotate, 'icon-rotation-alignment': 'map' }),
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
  }
}

/** The property that a name in braces stands for; null for a plain name. */
const namedBy = (name: string): string | null => /^\{(\w+)\}$/.exec(name)?.[1] ?? null

function nameOf(name: string): Expression | string {
  const property = namedBy(name)
  return property === null ? name : expr('coalesce', get(property), UNKNOWN_SYMBOL)
}

/** Degrees clockwise from true north. */
function rotationOf(use: SymbolUse | undefined): Expression | number {
  const rotation = use?.rotation ?? null
  if (rotation === null) return 0
  const degrees = expr('to-number', get(rotation.attribute), 0)
  return rotation.plus === 0 ? degrees : expr('+', degrees, rotation.plus)
}

/**
 * The depth over a danger, written in its symbol where the row says so: an isolated danger has none. It belongs to the symbol, so no name
 * may displace it.
 */
function dangerDepth(rows: readonly PortrayalRow[], context: StyleContext): Pick<LayerDraft, 'layout' | 'paint'> | null {
  const attribute = soundingOf(rows)
  if (attribute === null) return null
  const { layout, paint } = depthLabel(attribute, context)
  const isWritten = rowValue(rows, context.settings, (row) => soundingOf([row]) !== null, false)
  const written = expr('case', ['all', isWritten, ['has', attribute]], layout['text-field'], '')
  return {
    layout: {
      ...layout,
      'text-field': written,
      'text-size': 11,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { ...paint, 'text-color': expr('case', isShoal(attribute, context), '$SNDG2', '$SNDG1') },
  }
}

/** The attribute that rows write as a sounding. */
function soundingOf(rows: readonly PortrayalRow[]): string | null {
  for (const part of rows.flatMap(({ texts }) => texts).flatMap(({ parts }) => parts)) {
    if (part.kind === 'value' && part.format.kind === 'sounding') return part.attribute
  }
  return null
}
