import fc from 'fast-check'
import { checkDescribed } from './check-described.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type FaultServer, isServerFault } from './fault-server.ts'
import { fill, type Route, routes, type Schema, summarize } from './walk-routes.ts'

const BATCH = 200
/** Streams never end, uploads need a form, and a refresh would ask another server. */
const LEFT_OUT = /\/events$|\/upload$|\/charts\/refresh$/

interface SchemaRequest {
  route: Route
  target: string
  body: string | undefined
}

/** Requests made from the schemas of docs/openapi.json, most of them valid; each answer is compared with the same document. */
export const schemaRequests: FaultCase = {
  name: 'schema-requests',
  title: 'requests made from the API description get the answers that it describes',
  run: (context) =>
    attackServer(context, { LOG_LEVEL: 'warn' }, async (server, broken) => {
      const arbitrary = fc.constantFrom(...routes().filter(({ path }) => !LEFT_OUT.test(path))).chain(requestOf)
      const faults: string[] = []
      const statuses = new Map<number, number>()
      let sent = 0
      for (; sent < context.requests && server.isRunning(); sent += BATCH) {
        const requests = fc.sample(arbitrary, { numRuns: BATCH, seed: context.seed + sent })
        await Promise.all(
          Array.from({ length: 8 }, async () => {
            for (let next = requests.shift(); next !== undefined; next = requests.shift())
              faults.push(...(await send(server, next, statuses)))
          }),
        )
      }
      broken.push(...summarize(faults))
      const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status} ${count}`)
      if ((statuses.get(200) ?? 0) < sent / 10) broken.push('fewer than a tenth of the requests succeeded')
      return `${sent} requests; ${counts.join(', ')}`
    }),
}

async function send(
  server: FaultServer,
  { route, target, body }: SchemaRequest,
  statuses: Map<number, number>,
): Promise<string[]> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await server.send(route.method, target, { body, headers }).catch((error: Error) => error)
  const what = `${route.method} ${target.slice(0, 120)} ${body?.slice(0, 120) ?? ''}`
  if (answer instanceof Error) return [`${what}: ${answer.message}`]
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  const fault = isServerFault(answer) ? String(answer.status) : checkDescribed(route, answer)
  return fault === null ? [] : [`${what}: ${fault}`]
}

function requestOf(route: Route): fc.Arbitrary<SchemaRequest> {
  const query = route.parameters.filter((each) => each.in === 'query')
  return fc
    .record({
      values: fc.dictionary(fc.constantFrom('id', 'z', 'x', 'y'), fc.nat(14).map(String)),
      query: fc.record(Object.fromEntries(query.map(({ name, schema }) => [name, anyValueOf(schema, name)])), {
        requiredKeys: query.filter((each) => each.required).map(({ name }) => name),
      }),
      body: route.body === null ? fc.constant(undefined) : anyValueOf(route.body, ''),
    })
    .map(({ values, query: given, body }) => {
      const search = Object.entries(given).map(([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`)
      const target = fill(route, values) + (search.length === 0 ? '' : `?${search.join('&')}`)
      return { route, target, body: body === undefined ? undefined : JSON.stringify(body) }
    })
}

/** Random objects may have a `toString` that is not a function. */
function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()
}

/** Mostly values that the schema accepts, sometimes any. */
function anyValueOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: accepted(schema, name) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
}

function accepted(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  switch ([schema.type].flat()[0]) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {})
      const model = Object.fromEntries(members.map(([key, of]) => [key, anyValueOf(of, key)]))
      return fc.record(model, { requiredKeys: schema.required ?? [] })
    }
    case 'array':
      return fc.array(anyValueOf(schema.items ?? {}, name), { maxLength: 4 })
    case 'integer':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -3, max: 12 }), fc.integer({ min: schema.minimum ?? -(2 ** 31) }))
    case 'number':
      return fc.double({ min: schema.minimum ?? -200, max: schema.maximum ?? 200, noNaN: true })
    case 'boolean':
      return fc.boolean()
    default:
      return textFor(schema, name)
  }
}

function textFor({ format, minLength = 0, maxLength = 30 }: Schema, name: string): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (name === 'bbox') return fc.constantFrom('-81,31,-80,32', '170,-10,-170,10')
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) }
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: 'binary' }))
}
