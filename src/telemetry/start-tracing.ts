import type { Log } from '#lib/log.ts'

export interface Tracing {
  /** Sends the remaining spans, for a few seconds at most. */
  close(): Promise<void>
}

export interface TracingOptions {
  /** Destination of spans: OTLP over HTTP, protobuf. */
  url: URL
  serviceName: string
  /** Distinguishes the servers of one service. */
  instanceName: string
  version: string
  log: Log
}

const LAST_MILLISECONDS = 5_000

/**
 * Registers the OpenTelemetry SDK for the spans of src/lib/trace.ts and pg-boss. Only this file loads its packages, so that they cost
 * nothing without an exporter. An unreachable collector is a line in the log: spans are dropped, and work never waits for them.
 */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { log } = options
  const [{ context, diag, DiagLogLevel, propagation, trace }, sdk, exporter, contexts, core, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
  ])
  const say = (message: string, ...rest: unknown[]) =>
    log.warn({ detail: rest.map(String).join(' ') || undefined }, `traces: ${message}`)
  diag.setLogger(
    { error: say, warn: say, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  core.setGlobalErrorHandler((error) => say('spans could not be sent', typeof error === 'string' ? error : error.message))
  const provider = new sdk.TracerProvider({
    resource: resources.defaultResource().merge(
      resources.resourceFromAttributes({
        'service.name': options.serviceName,
        'service.version': options.version,
        'service.instance.id': options.instanceName,
      }),
    ),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter({ url: options.url.href }) })],
  })
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  log.info({ url: options.url.origin }, 'traces are sent by OpenTelemetry')

  return {
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_MILLISECONDS).unref())
      await Promise.race([provider.shutdown().catch((error: unknown) => say('the last spans could not be sent', error)), late])
      trace.disable()
      context.disable()
      propagation.disable()
      diag.disable()
    },
  }
}
