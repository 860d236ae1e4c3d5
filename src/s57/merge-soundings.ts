import { type Rows, SG3D_WIDTH } from './records.ts'

/**
 * The soundings of a node after an update that gives some without SGCC. Their order means nothing, so one at the place of another has its
 * new depth, and the others are added: a sounding too many is safer than one too few.
 */
export function mergeSoundings(current: Rows, given: Rows): Rows {
  const rows = rowsOf(current)
  const places = new Map(rows.map((row, i) => [placeOf(row), i]))
  for (const row of rowsOf(given)) {
    const place = placeOf(row)
    const at = places.get(place) ?? rows.length
    rows[at] = row
    places.set(place, at)
  }
  const result = new Uint8Array(rows.length * SG3D_WIDTH)
  for (const [i, row] of rows.entries()) result.set(row, i * SG3D_WIDTH)
  return { view: new DataView(result.buffer), start: 0, count: rows.length }
}

function rowsOf({ view, start, count }: Rows): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    return new Uint8Array(view.buffer, view.byteOffset + start + i * SG3D_WIDTH, SG3D_WIDTH)
  })
}

/** Latitude and longitude, which come before the depth. */
function placeOf(row: Uint8Array): string {
  return row.subarray(0, 8).join()
}
