import { createMetrics } from '#lib/metrics.ts'
import { auth } from './auth/auth.ts'
import type { App } from './base/app.ts'
import type { ServerOptions } from './base/server-options.ts'
import { cloudChartRoutes } from './core/cloud-charts.ts'
import { queryRoutes } from './core/query-routes.ts'
import { tileRoutes } from './core/tile-routes.ts'
import { createEventStreams } from './events/event-streams.ts'
import { createBareApp } from './plugins/bare-app.ts'
import { health } from './plugins/health.ts'
import { indexPage } from './plugins/index-page.ts'
import { jsonBody } from './plugins/json-body.ts'
import { metricsRoute } from './plugins/metrics-route.ts'
import { openapi } from './plugins/openapi.ts'
import { requestTimeout } from './plugins/request-timeout.ts'
import { strictQuery } from './plugins/strict-query.ts'
import { apiTokenRoutes } from './portal/accounts/api-token-routes.ts'
import { authRoutes } from './portal/accounts/auth-routes.ts'
import { userRoutes } from './portal/accounts/user-routes.ts'
import { cellRoutes } from './portal/charts/cell-routes.ts'
import { uploadRoutes } from './portal/charts/upload-routes.ts'
import { jobRoutes } from './portal/jobs/job-routes.ts'

/**
 * The HTTP server, not listening yet: `await app.listen({ host, port })`, and `app.close()` to stop taking requests and wait
 * for those under way. Further routes may be registered before it listens; each must declare `config.auth`.
 */
export function createServer(options: ServerOptions): App {
  const metrics = options.metrics ?? createMetrics()
  const app = createBareApp({ ...options, metrics })
  auth(app, options)
  requestTimeout(app, options.requestTimeout ?? 300_000)
  jsonBody(app)
  strictQuery(app)
  openapi(app, options)

  const streams = createEventStreams({ accounts: options.accounts, log: options.log, ...options.eventStreams })
  // Before the server waits for the requests under way: a stream is one that never ends by itself.
  app.addHook('preClose', async () => streams.close())

  void app.register(async (scope: App) => {
    indexPage(scope, options)
    health(scope, { checks: options.health, timeout: options.healthTimeout ?? 3_000 })
    metricsRoute(scope, metrics)
    authRoutes(scope, options)
    userRoutes(scope, options)
    apiTokenRoutes(scope, options)
    uploadRoutes(scope, options)
    cellRoutes(scope, options)
    cloudChartRoutes(scope, options)
    tileRoutes(scope, options)
    queryRoutes(scope, options)
    jobRoutes(scope, { ...options, streams })
  })
  return app
}
