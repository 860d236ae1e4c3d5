import type { CellFilter } from './config.ts'

const NUMBER = /^[+-]?\d+(\.\d+)?$/
const NAME = /^[A-Z0-9]{8}$/
const PATTERN = /^[A-Z0-9*]{1,8}$/
const STATE = /^[A-Z]{2}$/

/** What `PUBLIC_CHARTS_FILTER` accepts, for error messages. */
export const CELL_FILTER_GRAMMAR =
  'a list between commas or semicolons of cell names such as US5SAVCH or US5SAV*, two-letter state codes such as GA, and boxes west,south,east,north in degrees such as -81.3,31.7,-80.6,32.3'

/**
 * Reads a cell filter: entries separated by commas or semicolons, in any order. The form of an entry decides its kind:
 *
 * - a cell name of eight letters and digits, or a pattern with at least one `*`;
 * - two letters: a state;
 * - four numbers: a box of west, south, east, north. A second box needs a semicolon (or a name) before it, because eight numbers
 *   in a row are more likely a mistake than two boxes.
 *
 * @param text for example `US5SAV*, GA; -81.3,31.7,-80.6,32.3`
 * @returns the filter; null for a text without entries, which means all cells.
 * @throws Error whose message says which entry is wrong and why.
 */
export function parseCellFilter(text: string): CellFilter | null {
  const filter: CellFilter = { names: [], states: [], boxes: [] }
  let numbers: number[] = []
  const endOfNumbers = () => {
    if (numbers.length > 0) filter.boxes.push(toBox(numbers))
    numbers = []
  }
  for (const part of text.split(';')) {
    for (const entry of part.split(',').map((each) => each.trim().toUpperCase())) {
      if (NUMBER.test(entry)) {
        numbers.push(Number(entry))
        continue
      }
      endOfNumbers()
      if (entry === '') continue
      if (STATE.test(entry)) filter.states.push(entry)
      else if (NAME.test(entry) || (entry.includes('*') && PATTERN.test(entry))) filter.names.push(entry)
      else
        throw new Error(
          `"${entry}" is neither a cell name (eight letters and digits, or fewer with *), nor a two-letter state, nor a number`,
        )
    }
    endOfNumbers()
  }
  return filter.names.length + filter.states.length + filter.boxes.length === 0 ? null : filter
}

function toBox(numbers: number[]): [number, number, number, number] {
  const [west, south, east, north, ...more] = numbers
  const shown = numbers.join(',')
  if (west === undefined || south === undefined || east === undefined || north === undefined || more.length > 0) {
    throw new Error(`${shown}: a box has four numbers, not ${numbers.length}; separate two boxes by a semicolon`)
  }
  if (Math.abs(west) > 180 || Math.abs(east) > 180) throw new Error(`${shown}: longitudes are from -180 to 180`)
  if (Math.abs(south) > 90 || Math.abs(north) > 90) {
    throw new Error(`${shown}: latitudes are from -90 to 90; the order is west,south,east,north`)
  }
  if (south >= north) throw new Error(`${shown}: the south edge must be below the north edge; the order is west,south,east,north`)
  if (west === east) throw new Error(`${shown}: the box has no width`)
  return [west, south, east, north]
}
