import type { Rows } from '#s57/records.ts'
import type { WarningList } from '#s57/warning-list.ts'
import type { DatasetStore } from './dataset-store.ts'
import { C2IL_WIDTH, C3IL_WIDTH, recordName } from './records.ts'

/**
 * Removes the coordinates of records that have a position beyond the poles or more than 540 degrees east or west, so that readers of
 * features never see such positions.
 */
export function dropOffEarth(store: DatasetStore, coordinateFactor: number, warnings: WarningList): void {
  const mostY = 90 * coordinateFactor
  const mostX = 540 * coordinateFactor
  const isOnEarth = ({ view, start, count }: Rows, width: number): boolean => {
    for (let at = start; at < start + count * width; at += width) {
      const y = view.getInt32(at, true)
      const x = view.getInt32(at + 4, true)
      if (!(y <= mostY && y >= -mostY && x <= mostX && x >= -mostX)) return false
    }
    return true
  }
  for (const records of store.spatial.values()) {
    records.forEach((record) => {
      if (record.coordinates === null || isOnEarth(record.coordinates, record.depths ? C3IL_WIDTH : C2IL_WIDTH)) return
      warnings.add(`${recordName(record.kind, record.id)} was left out: it has a position that is not on the earth`)
      record.coordinates = null
    })
  }
}
