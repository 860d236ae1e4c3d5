import type { Accounts } from '#accounts/accounts.ts'
import type { Cells } from '#charts/cells/cells.ts'
import type { NoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { Exports } from '#exports/exports.ts'
import type { ClientActivity } from '#lib/client-activity.ts'
import type { Log } from '#lib/log.ts'
import { createMetrics, type Metrics } from '#lib/metrics.ts'
import type { Bathymetry } from '#reports/bathymetry/bathymetry.ts'
import type { UserReports } from '#reports/points/user-reports.ts'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import type { Webhooks } from '#webhooks/webhooks.ts'
import { admission, type WorkLimits } from './admission/admission.ts'
import { auth } from './auth/auth.ts'
import type { App } from './base/app.ts'
import type { ClientAddressOptions } from './base/client-address.ts'
import type { InstanceService } from './base/instance-service.ts'
import type { JobsService } from './base/jobs-service.ts'
import { cloudChartRoutes } from './core/cloud-charts.ts'
import { queryRoutes } from './core/query-routes.ts'
import { rasterRoutes } from './core/raster-routes.ts'
import { rasterSourceRoutes } from './core/raster-source-routes.ts'
import { createRepeatedTiles } from './core/repeated-tiles.ts'
import { bathymetryRoutes } from './core/reports/bathymetry-routes.ts'
import { reportRoutes } from './core/reports/report-routes.ts'
import { reportTileRoutes } from './core/reports/report-tile-routes.ts'
import { spriteRoutes } from './core/sprite-routes.ts'
import { styleRoutes } from './core/style-routes.ts'
import { tileRoutes } from './core/tile-routes.ts'
import { createEventStreams, type EventStreamLimits } from './events/event-streams.ts'
import { apiDocsPage } from './pages/api-docs-page.ts'
import { pageFileRoute } from './pages/page-file-route.ts'
import { createBareApp } from './plugins/bare-app.ts'
import { compress } from './plugins/compress.ts'
import { type HealthCheck, health } from './plugins/health.ts'
import { jsonBody } from './plugins/json-body.ts'
import { metricsRoute } from './plugins/metrics-route.ts'
import { noteRequests } from './plugins/note-requests.ts'
import { openapi } from './plugins/openapi.ts'
import { requestTimeout } from './plugins/request-timeout.ts'
import { strictQuery } from './plugins/strict-query.ts'
import { apiTokenRoutes } from './portal/accounts/api-token-routes.ts'
import { authRoutes } from './portal/accounts/auth-routes.ts'
import { sessionRoutes } from './portal/accounts/session-routes.ts'
import { userRoutes } from './portal/accounts/user-routes.ts'
import { adminRoutes } from './portal/admin/admin-routes.ts'
import { cellRoutes } from './portal/charts/cell-routes.ts'
import { uploadRoutes } from './portal/charts/upload-routes.ts'
import { exportRoutes } from './portal/exports/export-routes.ts'
import { agreementRoutes } from './portal/instance/agreement-routes.ts'
import { diagnosticsRoute } from './portal/instance/diagnostics-route.ts'
import { instanceRoute } from './portal/instance/instance-route.ts'
import { jobRoutes } from './portal/jobs/job-routes.ts'
import { customStyleRoutes } from './portal/styles/style-routes.ts'
import { webhookRoutes } from './portal/webhooks/webhook-routes.ts'
import { indexPage } from './portal-app/index-page.ts'
import { portalApp } from './portal-app/portal-app.ts'
import type { PortalState } from './portal-app/portal-state.ts'
import { signalKRoutes } from './signalk/signalk-routes.ts'
import { createChartAssets } from './static/chart-assets.ts'
import { staticRoutes } from './static/static-routes.ts'
import { createDiskReserve } from './uploads/disk-reserve.ts'

export interface ServerOptions extends ClientAddressOptions {
  accounts: Accounts
  jobs: JobsService
  uploads: Uploads
  cells: Cells
  tiles: Tiles
  styles: Styles
  exports: Exports
  noaaAgreement: NoaaAgreement
  instance: InstanceService
  reports: UserReports
  bathymetry: Bathymetry
  webhooks: Webhooks
  health: readonly HealthCheck[]
  log: Log
  /** What `GET /metrics` answers; left out, only the server's own numbers. */
  metrics?: Metrics
  /** Of the product, for the index page and the API description. */
  version: string
  /** Says why a service is unavailable, for a temporary error: the response is then 503 with that text instead of 500. */
  whyUnavailable?: (error: unknown) => string | null
  /** The files of the portal, asked for with each request; left out, the server has no portal. */
  portal?: (() => PortalState) | undefined
  /** How many requests of each kind of work are admitted; see `WORK_LIMITS`. */
  workLimits?: Partial<WorkLimits>
  /** Free bytes of the disk that holds uploads; left out, uploads stop only when it is full. */
  freeDiskBytes?: () => Promise<number>
  /** Milliseconds a client may take to send a whole request. Default 300,000. */
  requestTimeout?: number
  /** Milliseconds a readiness check may take. Default 3,000. */
  healthTimeout?: number
  /** Is told about each request, except those of probes. */
  activity?: Pick<ClientActivity, 'arrived'>
  /** How many event streams there may be, and how often they are checked. */
  eventStreams?: EventStreamLimits
}

/**
 * The HTTP server, not listening yet: `await app.listen({ host, port })`, and `app.close()` to stop taking requests and wait
 * for those under way. Further routes may be registered before it listens; each must declare `config.auth`.
 */
export function createServer(options: ServerOptions): App {
  const metrics = options.metrics ?? createMetrics()
  const app = createBareApp({ ...options, metrics })
  const repeated = createRepeatedTiles(app, options)
  if (options.activity !== undefined) noteRequests(app, options.activity)
  auth(app, options)
  admission(app, { limits: options.workLimits, metrics })
  requestTimeout(app, options.requestTimeout ?? 300_000)
  jsonBody(app)
  strictQuery(app)
  compress(app)
  openapi(app, options)

  const disk = createDiskReserve(options.freeDiskBytes)
  const assets = createChartAssets()
  const streams = createEventStreams({ accounts: options.accounts, log: options.log, ...options.eventStreams })
  // Before the server waits for the requests under way: a stream is one that never ends by itself.
  app.addHook('preClose', async () => streams.close())

  void app.register(async (scope: App) => {
    indexPage(scope, options)
    pageFileRoute(scope)
    apiDocsPage(scope, options)
    portalApp(scope, options)
    health(scope, { checks: options.health, timeout: options.healthTimeout ?? 3_000 })
    metricsRoute(scope, metrics)
    instanceRoute(scope, options)
    diagnosticsRoute(scope, options)
    agreementRoutes(scope, options)
    authRoutes(scope, options)
    userRoutes(scope, options)
    sessionRoutes(scope, options)
    apiTokenRoutes(scope, options)
    adminRoutes(scope, options)
    uploadRoutes(scope, { ...options, disk })
    cellRoutes(scope, options)
    cloudChartRoutes(scope, { ...options, disk })
    tileRoutes(scope, { ...options, repeated })
    rasterRoutes(scope, { ...options, repeated })
    rasterSourceRoutes(scope, options)
    signalKRoutes(scope, options)
    queryRoutes(scope, options)
    reportRoutes(scope, options)
    reportTileRoutes(scope, options)
    bathymetryRoutes(scope, options)
    styleRoutes(scope, { ...options, assets })
    spriteRoutes(scope, { ...options, assets })
    customStyleRoutes(scope, options)
    webhookRoutes(scope, options)
    exportRoutes(scope, { ...options, disk })
    staticRoutes(scope, { assets })
    jobRoutes(scope, { ...options, streams })
  })
  return app
}
