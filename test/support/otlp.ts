// A small reader of OTLP/protobuf trace requests (opentelemetry-proto, trace/v1/trace.proto): the parts that tests need.

export interface Span {
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  attributes: Record<string, unknown>
}

type Fields = Map<number, (Uint8Array | bigint)[]>

/** The spans of an ExportTraceServiceRequest. */
export function readOtlpSpans(request: Uint8Array): Span[] {
  return messages(fieldsOf(request), 1).flatMap((resourceSpans) =>
    messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2).map(spanOf)),
  )
}

function spanOf(span: Fields): Span {
  const hex = (field: number) => Buffer.from(bytes(span, field)).toString('hex')
  return {
    traceId: hex(1),
    spanId: hex(2),
    parentSpanId: hex(4),
    name: text(span, 5),
    attributes: Object.fromEntries(
      messages(span, 9).map((pair) => [text(pair, 1), anyValueOf(messages(pair, 2)[0] ?? new Map())]),
    ),
  }
}

/** An AnyValue: string 1, bool 2, int 3, double 4. */
function anyValueOf(value: Fields): unknown {
  if (value.has(1)) return text(value, 1)
  if (value.has(2)) return value.get(2)?.[0] === 1n
  if (value.has(3)) return Number(BigInt.asIntN(64, value.get(3)?.[0] as bigint))
  return undefined
}

function messages(fields: Fields, field: number): Fields[] {
  return (fields.get(field) ?? []).map((each) => fieldsOf(each as Uint8Array))
}

function bytes(fields: Fields, field: number): Uint8Array {
  return (fields.get(field)?.[0] as Uint8Array | undefined) ?? new Uint8Array()
}

function text(fields: Fields, field: number): string {
  return new TextDecoder().decode(bytes(fields, field))
}

/** Protocol buffers wire format: varint 0, 64 bits 1, length-delimited 2, 32 bits 5. */
function fieldsOf(buffer: Uint8Array): Fields {
  const fields: Fields = new Map()
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[at++] ?? 0
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < buffer.length) {
    const key = varint()
    const wire = Number(key & 7n)
    let value: Uint8Array | bigint
    if (wire === 0) value = varint()
    else {
      const length = wire === 2 ? Number(varint()) : wire === 1 ? 8 : 4
      value = buffer.subarray(at, at + length)
      at += length
    }
    const number = Number(key >> 3n)
    fields.set(number, [...(fields.get(number) ?? []), value])
  }
  return fields
}
