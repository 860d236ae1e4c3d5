import type { RecordTable } from './record-table.ts'
import { type Rows, SG2D_WIDTH, SG3D_WIDTH, type VectorRecord } from './records.ts'
import type { WarningList } from './warning-list.ts'

/**
 * Removes the coordinates of records that have a position beyond the poles or more than 540 degrees east or west, so that readers of
 * features never see such positions. Longitudes beyond ±180 are normal near the antimeridian.
 *
 * @param tables the spatial records of a chart, by kind. @param coordinateFactor units per degree.
 */
export function dropOffEarth(
  tables: ReadonlyMap<number, RecordTable<VectorRecord>>,
  coordinateFactor: number,
  { warnings, nameOf }: { warnings: WarningList; nameOf(kind: number, id: number): string },
): void {
  for (const records of tables.values()) {
    records.forEach((record) => {
      if (record.coordinates === null || isOnEarth(record.coordinates, record.depths ? SG3D_WIDTH : SG2D_WIDTH, coordinateFactor))
        return
      warnings.add(`${nameOf(record.kind, record.id)} was left out: it has a position that is not on the earth`)
      record.coordinates = null
    })
  }
}

function isOnEarth({ view, start, count }: Rows, width: number, coordinateFactor: number): boolean {
  const mostY = 90 * coordinateFactor
  const mostX = 540 * coordinateFactor
  for (let at = start; at < start + count * width; at += width) {
    const y = view.getInt32(at, true)
    const x = view.getInt32(at + 4, true)
    if (!(y <= mostY && y >= -mostY && x <= mostX && x >= -mostX)) return false
  }
  return true
}
