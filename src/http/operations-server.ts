import { createMetrics, type Metrics } from '#lib/metrics.ts'
import type { App } from './base/app.ts'
import { type BareAppOptions, createBareApp } from './plugins/bare-app.ts'
import type { HealthCheck } from './plugins/health.ts'
import { health } from './plugins/health.ts'
import { metricsRoute } from './plugins/metrics-route.ts'

export interface OperationsServerOptions extends Omit<BareAppOptions, 'metrics'> {
  health: readonly HealthCheck[]
  metrics?: Metrics
  healthTimeout?: number
}

/** What a worker answers: `/health/live`, `/health/ready` and `/metrics`, nothing that belongs to a user. */
export function createOperationsServer(options: OperationsServerOptions): App {
  const metrics = options.metrics ?? createMetrics()
  const app = createBareApp({ ...options, metrics })
  void app.register(async (scope: App) => {
    health(scope, { checks: options.health, timeout: options.healthTimeout ?? 3_000 })
    metricsRoute(scope, metrics)
  })
  return app
}
