import type { Cells } from '#charts/cells/cells.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { App } from '#http/base/app.ts'
import { cellFileRoute } from './cell-file.ts'
import { getCellRoute } from './get-cell.ts'
import { listCellsRoute } from './list-cells.ts'
import { listPermitsRoute } from './list-permits.ts'
import { listPublicFailuresRoute } from './list-public-failures.ts'
import { userPermitRoute } from './user-permit.ts'

/** The visible cells, the texts and pictures that came with them, the public cells that failed, S-63 permits, and the S-63 user permit. */
export function cellRoutes(app: App, options: { uploads: Uploads; cells: Cells }): void {
  listCellsRoute(app, options)
  getCellRoute(app, options)
  cellFileRoute(app, options)
  listPermitsRoute(app, options)
  listPublicFailuresRoute(app, options)
  userPermitRoute(app, options)
}
