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

// Spans through the OpenTelemetry interface. It does nothing until an SDK is registered (src/telemetry), and costs as much.

const tracer = trace.getTracer('chartroom')

/** Runs `work` in a span of its own below the active one; what it throws is recorded. */
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
  /** Calls something with the span as the active one. */
  run(work: () => void): void
}

/** Whether spans go anywhere. The propagator is registered with the SDK; without it there are no headers to propagate by. */
export function isTracing(): boolean {
  return propagation.fields().length > 0
}

/**
 * Begins the span of a request, to be ended by hand.
 *
 * @param carrier headers of the request: a trace they name (W3C trace context) goes on.
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

/** Records an error on what runs now, for errors that are settled and not thrown on. */
export function failActiveSpan(error: unknown): void {
  const span = trace.getActiveSpan()
  if (span !== undefined) failSpan(span, error)
}

/** Trace and span of what runs now, for log lines; nothing without a trace. */
export function activeTrace(): { traceId: string; spanId: string } | undefined {
  const active = trace.getActiveSpan()?.spanContext()
  return active === undefined || !trace.isSpanContextValid(active)
    ? undefined
    : { traceId: active.traceId, spanId: active.spanId }
}
