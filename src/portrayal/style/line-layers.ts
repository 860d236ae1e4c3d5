import type { LineStyle, PortrayalRow } from '#portrayal/table/row.ts'
import { every, expr, get, isShape } from '#portrayal/text/expression.ts'
import { COMPLEX_LINE_HEIGHTS } from './complex-lines.ts'
import { type LayerDraft, layerOf, paintOrder } from './layer-draft.ts'
import { rowFilter, rowValue } from './row-expression.ts'
import { type RowList, rowLists } from './shared-rows.ts'
import type { StyleContext } from './style-context.ts'

/** Pixels per unit of line width: 0.32 mm of 3.57 pixels each. */
export const LINE_UNIT = 1.14

export type LineKind = 'solid' | 'dash' | 'dot' | 'complex'
export const LINE_KINDS: readonly LineKind[] = ['complex', 'solid', 'dash', 'dot']

/** In line widths. S-52: a dash is 3.6 mm with a gap of 1.8, a dot 0.6 with 1.2; at width 1. */
const DASHES: Partial<Record<LineKind, readonly number[]>> = { dash: [6, 3], dot: [1.5, 2.5] }

/** A dash for uncertain coasts: it reads as well as a chain of small boxes, and shares a layer with other dashes. */
const UNCERTAIN_COAST: LineStyle = { kind: 'simple', dash: 'dash', width: 2, token: 'CSTLN' }

const styleOf = ({ line }: PortrayalRow): LineStyle | null =>
  line?.kind === 'complex' && line.name === 'LOWACC21' ? UNCERTAIN_COAST : line

/** The kind of line that a row draws; each kind needs a layer of its own. */
export function kindOf(row: PortrayalRow): LineKind | null {
  const line = styleOf(row)
  return line === null ? null : line.kind === 'complex' ? 'complex' : line.dash
}

/** Lines by edges and values, which `contourLayers` draws. */
const APART = new Set(['DEPCNT', 'DEPARE'])

/** Paint of lines of one kind by the first row that holds. */
export function linePaint(kind: LineKind, value: (pick: (row: PortrayalRow) => unknown) => unknown): Record<string, unknown> {
  if (kind === 'complex') {
    const name = (row: PortrayalRow) => (row.line?.kind === 'complex' ? row.line.name : 'QUESMRK1')
    return { 'line-pattern': value((row) => imageOf(name(row))), 'line-width': value((row) => widthOf(name(row))) }
  }
  const dash = DASHES[kind]
  return {
    'line-color': value((row) => `$${simple(row)?.token ?? 'CHBLK'}`),
    'line-width': value((row) => round(LINE_UNIT * (simple(row)?.width ?? 1))),
    ...(dash !== undefined && { 'line-dasharray': dash }),
  }
}

/** The image of a complex line; a name in braces stands for the value of a property, which may name an image that there is not. */
function imageOf(name: string): unknown {
  if (!name.includes('{')) return `line/${name}`
  const parts = `line/${name}`.split(/[{}]/).map((part, i) => (i % 2 === 0 ? part : get(part)))
  return expr('coalesce', ['image', ['concat', ...parts.filter((part) => part !== '')]], ['image', 'line/QUESMRK1'])
}

/** As wide as its image is high; the image of a simple line (SYMINS02) is stretched to the width that the chart names. */
function widthOf(name: string): unknown {
  if (name.startsWith('LS-')) return expr('*', LINE_UNIT, ['coalesce', get('lsWidth'), 1])
  if (!name.includes('{')) return COMPLEX_LINE_HEIGHTS[name] ?? 10
  const heights = Map.groupBy(Object.entries(COMPLEX_LINE_HEIGHTS), ([, height]) => height)
  const branches = [...heights].flatMap(([height, lines]) => [lines.map(([line]) => line), height])
  return expr('match', get(name.replaceAll(/[{}]/g, '')), ...branches, COMPLEX_LINE_HEIGHTS['QUESMRK1'] ?? 10)
}

function simple(row: PortrayalRow) {
  const line = styleOf(row)
  return line?.kind === 'simple' ? line : null
}

const round = (pixels: number) => Math.round(pixels * 100) / 100

/** Lines of the line objects of a class: one layer per kind of line. */
export function lineLayers(className: string, context: StyleContext): LayerDraft[] {
  if (APART.has(className)) return []
  return rowLists(className, 'L', context).flatMap((list) => LINE_KINDS.flatMap((kind) => lines(list, kind, context)))
}

function lines({ className, rows }: RowList, kind: LineKind, { settings }: StyleContext): LayerDraft[] {
  const drawn = rows.filter((row) => kindOf(row) === kind)
  const filter = rowFilter(rows, settings, (row) => kindOf(row) === kind)
  if (drawn.length === 0 || filter === false) return []
  return [
    {
      name: className,
      order: paintOrder(Math.max(...drawn.map(({ priority }) => priority)), 'line'),
      type: 'line',
      source: 'enc',
      sourceLayer: layerOf(className),
      filter: every(isShape('line'), filter),
      paint: linePaint(kind, (pick) => rowValue(onlyKind(rows, kind, drawn), settings, pick, drawn[0] && pick(drawn[0]))),
    },
  ]
}

/** Rows of another kind take the paint of a drawn one: the filter excludes them, and fewer branches remain. */
function onlyKind(rows: readonly PortrayalRow[], kind: LineKind, drawn: readonly PortrayalRow[]): PortrayalRow[] {
  return rows.map((row) => (kindOf(row) === kind ? row : { ...row, line: drawn[0]?.line ?? null }))
}
