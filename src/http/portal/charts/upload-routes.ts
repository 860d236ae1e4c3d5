import type { App } from '#http/base/app.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { cellReportsRoute } from './cell-reports.ts'
import { deleteUploadRoute } from './delete-upload.ts'
import { getUploadRoute, listUploadsRoute } from './list-uploads.ts'
import { previewDeletionRoute } from './preview-deletion.ts'
import { sendUploadRoute } from './send-upload.ts'

/** Uploads: send, list, get, delete, and the report on their cells. */
export function uploadRoutes(app: App, options: UploadRouteOptions): void {
  sendUploadRoute(app, options)
  listUploadsRoute(app, options)
  getUploadRoute(app, options)
  previewDeletionRoute(app, options)
  deleteUploadRoute(app, options)
  cellReportsRoute(app, options)
}
