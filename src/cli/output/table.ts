export interface Column<Row> {
  title: string
  value(row: Row): string
  /** A shorter text for a terminal that is too narrow for the whole ones. */
  short?(row: Row): string
  /** Numbers stand on the right. */
  right?: boolean
  /** Shrinks, with an ellipsis, when the table is wider than the terminal. */
  shrinks?: boolean
  /** How the padded text is shown, such as in a colour; the text itself stays. */
  style?(text: string, row: Row): string
}

const GAP = '  '
const SMALLEST = 8

/**
 * A table as lines of text: a head in capitals, and one line for each row.
 *
 * @param width columns of the terminal; null writes every text whole, for files and other programs.
 */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number | null): string {
  let texts = textsOf(columns, rows)
  let widths = widthsOf(columns, texts)
  if (width !== null && tableWidth(widths) > width) {
    texts = textsOf(
      columns.map(({ value, short = value }) => ({ value: short })),
      rows,
    )
    widths = widthsOf(columns, texts)
    shrink(columns, widths, width)
  }
  const head = columns.map((column, n) => pad(column, column.title.toUpperCase(), widths[n] ?? 0))
  const body = rows.map((row, y) =>
    columns.map((column, n) => {
      const text = pad(column, cut(texts[y]?.[n] ?? '', widths[n] ?? 0), widths[n] ?? 0)
      return column.style === undefined ? text : column.style(text, row)
    }),
  )
  return [head, ...body].map((line) => `${line.join(GAP).trimEnd()}\n`).join('')
}

function textsOf<Row>(columns: readonly Pick<Column<Row>, 'value'>[], rows: readonly Row[]): string[][] {
  return rows.map((row) => columns.map(({ value }) => oneLine(value(row))))
}

function widthsOf(columns: readonly { title: string }[], texts: readonly string[][]): number[] {
  return columns.map(({ title }, n) => Math.max(lengthOf(title), ...texts.map((line) => lengthOf(line[n] ?? ''))))
}

function tableWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1)
}

/** Takes what is too wide from the columns that may shrink, the widest first. */
function shrink(columns: readonly { shrinks?: boolean }[], widths: number[], width: number): void {
  let over = tableWidth(widths) - width
  while (over > 0) {
    const [widest] = columns
      .flatMap(({ shrinks }, n) => (shrinks === true && (widths[n] ?? 0) > SMALLEST ? [n] : []))
      .toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))
    if (widest === undefined) return
    widths[widest] = (widths[widest] ?? 0) - 1
    over--
  }
}

function pad({ right }: { right?: boolean }, text: string, width: number): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return right === true ? `${space}${text}` : `${text}${space}`
}

function cut(text: string, width: number): string {
  return lengthOf(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`
}

function lengthOf(text: string): number {
  return [...text].length
}

/** Names come from chart files and people: a control character must not reach the terminal. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
