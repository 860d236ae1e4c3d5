import type { CellStore } from './cell-store.ts'
import { SG2D_WIDTH, SG3D_WIDTH, vectorName } from './records.ts'
import type { WarningList } from './warning-list.ts'

/**
 * Takes away the coordinates of records that have one beyond the poles or more than a turn and a half round the earth, so that
 * nothing that reads features must expect such positions. Longitudes beyond ±180 are normal near the antimeridian.
 */
export function dropOffEarth(store: CellStore, coordinateFactor: number, warnings: WarningList): void {
  const mostY = 90 * coordinateFactor
  const mostX = 540 * coordinateFactor
  for (const records of store.vectors.values()) {
    for (const record of records.values()) {
      const list = record.coordinates
      if (list === null) continue
      const width = record.depths ? SG3D_WIDTH : SG2D_WIDTH
      const { view, start, count } = list
      for (let i = 0; i < count; i++) {
        const y = view.getInt32(start + i * width, true)
        const x = view.getInt32(start + i * width + 4, true)
        if (y <= mostY && y >= -mostY && x <= mostX && x >= -mostX) continue
        warnings.add(`${vectorName(record.kind, record.id)} was left out: it has a position that is not on the earth`)
        record.coordinates = null
        break
      }
    }
  }
}
