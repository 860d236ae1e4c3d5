import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

// Spans through the OpenTelemetry API, which does nothing and costs nothing until an SDK is registered (src/telemetry).

const tracer = trace.getTracer('chartroom')

/** Runs `work` in a new span below the active one and records what it throws. */
export async function inSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return await tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      failSpan(span, error)
      throw error
    } finally {
      span.end()
    }
  })
}

export interface ServerSpan {
  span: Span
  /** Calls a function with this span active. */
  run(work: () => void): void
}

/** Whether spans are exported. The SDK registers the propagator; without it there are no headers to propagate. */
export function isTracing(): boolean {
  return propagation.fields().length > 0
}

/**
 * Begins the span of a request; the caller ends it.
 *
 * @param carrier headers of the request; the span continues a trace that they name (W3C trace context).
 */
export function serverSpan(name: string, carrier: object, attributes: Attributes): ServerSpan {
  const parent = propagation.extract(ROOT_CONTEXT, carrier)
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
  return { span, run: (work) => context.with(trace.setSpan(parent, span), work) }
}

export function failSpan(span: Span, error: unknown): void {
  if (error instanceof Error) span.recordException(error)
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) })
}

/** Records an error on the active span, for errors that are not rethrown. */
export function failActiveSpan(error: unknown): void {
  const span = trace.getActiveSpan()
  if (span !== undefined) failSpan(span, error)
}

/** Trace and span ids of the active span, for log lines; undefined without a trace. */
export function activeTrace(): { traceId: string; spanId: string } | undefined {
  const active = trace.getActiveSpan()?.spanContext()
  return active === undefined || !trace.isSpanContextValid(active)
    ? undefined
    : { traceId: active.traceId, spanId: active.spanId }
}
